"""A page on paper: tagged, in its own language, with everything that the page says."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.factories import a_clinic
from tests.finding.shelf import a_page, a_text
from tests.library.shelf import a_pair, a_review, a_source, every_block


def read(client, page) -> PdfReader:
    response = client.get(f"/learn/handout/{page.pk}.pdf")
    assert response["Content-Type"] == "application/pdf"
    return PdfReader(BytesIO(response.content))


@pytest.mark.django_db
def test_handout_says_everything_in_a_tagged_pdf(client):
    a_clinic()
    page, _ = a_pair(*every_block(a_source()))
    paper = read(client, page)
    root = paper.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    words = " ".join(" ".join(sheet.extract_text() for sheet in paper.pages).split())
    for said in ("Does it hurt?", "A steroid goes in.", "Arrive.", "New weakness", "Somebody ill", "A room."):
        assert said in words
    for said in ("The spine.", "Nothing < much", "It does not.", "Hello.", "Behind the house.", "A made-up trial"):
        assert said in words
    assert "Draft, awaiting review by your clinician" in words


@pytest.mark.django_db
def test_handout_is_in_the_page_s_language_whoever_reads_it(client):
    a_clinic()
    _, spanish = a_pair(a_text("Sí."))
    a_review(spanish)
    paper = read(client, spanish)
    assert paper.trailer["/Root"]["/Lang"] == "es"
    assert "Dr. Test Larch" in paper.pages[0].extract_text()


@pytest.mark.django_db
def test_handout_prints_what_it_has_no_letter_for(client):
    a_clinic()
    page = a_page("Why 你好?", a_text("An emoji 🙂 and a very" + "y" * 300 + " long word."))
    assert read(client, page).pages
