"""A page of the library as strangers, patients and machines get it."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import brotli
import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.cache import caches
from django.core.exceptions import ValidationError

from education.library import cache
from education.library.blocks import Body
from tests.factories import a_clinic, a_user
from tests.finding.shelf import a_glossary, a_page, a_text
from tests.library.shelf import a_pair, a_review, a_source, every_block

MOST_OVER_THE_WIRE = 40_000


@pytest.fixture
def pair(db):
    a_clinic()
    caches["pages"].clear()
    a_glossary(("steroid", "steroids", "A strong medicine against swelling."))
    return a_pair(*every_block(a_source()))


@pytest.fixture
def answer(pair):
    return pair[0]


def html(client, page) -> str:
    response = client.get(page.url)
    assert response.status_code == 200
    return response.content.decode()


def test_page_shows_every_kind_of_block(client, answer):
    said = html(client, answer)
    assert {block.block_type for block in answer.body} == set(Body().child_blocks)
    for words in ("A text", "Arrive.", "New weakness", "Somebody ill", "The spine.", "A room.", "A trial."):
        assert words in said
    for words in ("Nothing &lt; much", "“It cures.”", "Hello.", "Behind the house.", 'href="tel:911"'):
        assert words in said
    assert 'kind="captions"' in said


def test_page_says_where_each_statement_is_from(client, answer):
    said = html(client, answer)
    assert said.count('href="#source-made-up"') == len(answer.body) - 1  # but for what is no clinical statement
    assert said.count('id="source-made-up"') == 1
    assert 'href="https://example.org/trial"' in said


def test_source_stands_on_the_web(db):
    with pytest.raises(ValidationError, match="valid URL"):
        a_source(address="ftp://example.org/trial").full_clean()


def test_page_says_that_a_source_was_taken_back(client, answer):
    source = answer.body[0].value["sources"][0]
    source.withdrawn_on = "2026-01-02"
    source.save()
    assert "took it back on 2 January 2026" in html(client, answer)


def test_page_explains_a_word_where_it_first_stands(client, answer):
    said = html(client, answer)
    assert (
        re.findall(r'<button type="button" class="term" popovertarget="(word-[^"]+)">(\w+)<', said)[0][1] == "steroid"
    )
    place = re.findall(r'popovertarget="([^"]+)"', said)
    assert len(place) == 1
    assert f'id="{place[0]}"' in said
    assert f"#term-{place[0].removeprefix('word-')}" in said


def test_page_is_a_draft_until_a_doctor_stands_behind_it(client, answer):
    draft = html(client, answer)
    assert "Draft, awaiting review by your clinician" in draft
    assert '<meta name="robots" content="noindex">' in draft
    a_review(answer)
    cache.empty()
    reviewed = html(client, answer)
    assert "Reviewed by <strong>Dr. Test Larch</strong>" in reviewed
    assert "noindex" not in reviewed


def test_page_that_is_overdue_says_so_to_staff_alone(client, answer):
    a_review(answer, days=-1)
    client.force_login(a_user("patient"))
    assert "overdue" not in html(client, answer)
    client.force_login(a_user("editor"))
    assert "overdue" in html(client, answer)


def test_page_for_strangers_knows_nobody(client, answer):
    response = client.get(answer.url)
    assert not response.cookies
    assert not re.search(r"csrf|<form|<script(?! type=\"application/ld\+json\")", response.content.decode())
    assert not re.search(r'(src|href)="https?://(?!testserver|example\.org/trial)', response.content.decode())


@pytest.mark.parametrize(
    ("accepted", "small"),
    [
        ("gzip, br", True),
        ("br;q=0.5", True),
        ("BR", True),
        ("br;q=0", False),
        ("br;q=0.0, gzip", False),
        ("abr", False),
    ],
)
def test_page_is_small_for_whoever_takes_it_small(client, answer, accepted, small):
    response = client.get(answer.url, headers={"accept-encoding": accepted})
    assert response.has_header("Content-Encoding") is small


@pytest.mark.parametrize("coding", ["br", ""])
def test_page_comes_from_the_shelf_until_the_next_publishing(client, answer, coding, django_assert_max_num_queries):
    headers = {"accept-encoding": coding}
    first = client.get(answer.url, headers=headers)
    with django_assert_max_num_queries(2):  # the shelf's edition, and the copy
        again = client.get(answer.url, headers=headers)
    assert (again.content, again["ETag"]) == (first.content, first["ETag"])
    assert again["Cache-Control"] == "public, no-cache"
    assert client.get(answer.url, headers=headers | {"if-none-match": first["ETag"]}).status_code == 304


def test_publishing_empties_the_shelf(client, answer, django_capture_on_commit_callbacks):
    before = html(client, answer)
    answer.title = "Does it hurt at all?"
    with django_capture_on_commit_callbacks(execute=True):
        answer.save_revision().publish()
    assert "Does it hurt at all?" not in before
    assert "Does it hurt at all?" in html(client, answer)


def test_a_page_that_was_taken_back_says_so_kindly(client, answer, django_capture_on_commit_callbacks):
    html(client, answer)
    with django_capture_on_commit_callbacks(execute=True):
        answer.unpublish()
    response = client.get(answer.url)
    assert response.status_code == 404
    assert "You did nothing wrong" in response.content.decode()
    assert client.get(f"/learn/handout/{answer.pk}.pdf").status_code == 404


def test_a_page_in_one_language_leads_to_the_door_of_the_other(client, db):
    a_pair(a_text("Twice."))
    alone = a_page("Only in English", a_text("Once."))
    said = html(client, alone)
    assert re.search(r'href="/es/learn/" lang="es"', said)
    assert 'hreflang="es"' not in said.split("</head>")[0]


def test_both_languages_name_each_other(client, pair):
    english, spanish = pair
    for page, language in ((english, "en"), (spanish, "es")):
        head = html(client, page).split("</head>")[0]
        assert f'<html lang="{language}"' in head
        assert f'rel="canonical" href="http://testserver{page.url}"' in head
        assert f'hreflang="en" href="http://testserver{english.url}"' in head
        assert f'hreflang="es" href="http://testserver{spanish.url}"' in head
        assert f'hreflang="x-default" href="http://testserver{english.url}"' in head


def test_page_describes_itself_to_machines(client, answer):
    answer.answer = "Less </script><b>pain</b> & more."
    answer.save()
    a_review(answer)
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html(client, answer), re.DOTALL)
    said = json.loads(found[1])
    assert said["@type"] == "MedicalWebPage"
    assert said["abstract"] == "Less </script><b>pain</b> & more."
    assert said["reviewedBy"]["name"] == "Dr. Test Larch"
    assert said["citation"][0]["url"] == "https://example.org/trial"
    assert said["inLanguage"] == "en"


def test_page_is_light_over_the_wire(client, answer):
    """HTML, style sheets and the typeface as a browser fetches them; there is no script."""
    response = client.get(answer.url, headers={"accept-encoding": "br"})
    assert response["Content-Encoding"] == "br"
    text = brotli.decompress(response.content).decode()
    fetched = set(re.findall(r'<link rel="(?:stylesheet|preload)"\s+href="/static/([^"]+)"', text))
    assert any(name.endswith(".woff2") for name in fetched)
    assert "<script src" not in text
    weight = len(response.content)
    for name in fetched:
        content = Path(finders.find(name)).read_bytes()
        weight += len(content) if name.endswith(".woff2") else len(brotli.compress(content))
    assert weight < MOST_OVER_THE_WIRE


def test_sitemap_lists_what_a_doctor_stands_behind(client, pair):
    english, _ = pair
    name = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
    before = {place.text for place in ElementTree.fromstring(client.get("/sitemap.xml").content).iter(name)}
    assert f"{settings.PUBLIC_ADDRESS}/plans/" in before
    assert f"http://testserver{english.url}" not in before
    a_review(english)
    cache.empty()
    after = {place.text for place in ElementTree.fromstring(client.get("/sitemap.xml").content).iter(name)}
    assert after - before == {f"http://testserver{english.url}"}


def test_robots_are_denied_first(client, db):
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert "Disallow: /" in lines
    assert "Allow: /es/learn/" in lines
    assert not any(private in line for line in lines for private in ("cms", "cases", "intake"))
