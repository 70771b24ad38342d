import pytest
from django.core.files.base import ContentFile
from hypothesis import given
from hypothesis import strategies as st
from wagtail.documents.models import Document

from education.library.parts import MOST, asked


@pytest.fixture
def film(db):
    return Document.objects.create(title="A film", file=ContentFile(b"0123456789", name="film.mp4"))


@pytest.mark.parametrize(
    ("wanted", "status", "content"),
    [("bytes=0-3", 206, b"0123"), ("bytes=7-", 206, b"789"), ("bytes=-2", 206, b"89"), ("bytes=99-", 416, b"")],
)
def test_film_comes_in_the_part_that_is_asked_for(client, film, wanted, status, content):
    response = client.get(film.url, headers={"range": wanted})
    assert (response.status_code, response.content) == (status, content)


@pytest.mark.parametrize(
    "wanted", ["", "bytes=", "bytes=-", "bytes=5-2", "lines=1-2", "bytes=0-1,3-4", f"bytes={'9' * 5000}-"]
)
def test_film_comes_whole_where_no_part_is_meant(client, film, wanted):
    response = client.get(film.url, headers={"range": wanted})
    assert response.status_code == 200
    assert b"".join(response.streaming_content) == b"0123456789"


@given(st.text("bytes=0123456789-,", max_size=14), st.integers(0, 10**8))
def test_a_part_stands_in_its_file_and_is_bounded(header, size):
    part = asked(header, size)
    if part:
        first, last = part
        assert 0 <= first <= size
        assert last < size
        assert last - first < MOST
