"""Every page of the doctor's side opens and shows what it should."""

from django.urls import reverse

from tests.candidacy.scenes import a_known_case


def test_queue_lists_who_waits(desk):
    case = a_known_case()
    page = desk.get(reverse("candidacy:queue"))
    assert page.status_code == 200
    assert case.reference in page.content.decode()


def test_case_shows_evidence_and_criteria(desk):
    case = a_known_case()
    page = desk.get(reverse("candidacy:case", args=[case.reference]))
    assert page.status_code == 200
    text = page.content.decode()
    assert "Pain for 91 days" in text
    assert "not yet signed off by this clinic" in text
    assert 'id="ev-therapies-1"' in text
