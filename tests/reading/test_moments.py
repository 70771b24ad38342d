"""The right page at the right moment: a link beside the question, and nothing where no page fits."""

from datetime import date

import pytest
from django.urls import reverse

from clinic.candidacy.moments import moments
from clinic.intake.beside import MOMENTS
from clinic.intake.questions import find_step
from education.library.moments import MOMENTS as LIBRARY
from tests import factories
from tests.reading.conftest import client_of
from tests.reading.shelf import a_library

DECIDED, TODAY = date(2026, 3, 2), date(2026, 4, 20)
KEYS = {moment.key for moment in LIBRARY}


def test_every_moment_stands_beside_a_question_that_is_asked():
    assert all(find_step(*place) for place in MOMENTS)
    assert set(MOMENTS.values()) | {"intake_begins", "intake_sent"} == {key for key in KEYS if "intake" in key}


@pytest.mark.parametrize(
    ("outcome", "injected", "expected"),
    [
        ("candidate", None, {"decided_candidate", "before_injection"}),
        ("candidate", date(2026, 2, 1), {"decided_candidate", "before_injection"}),
        ("candidate", date(2026, 5, 1), {"decided_candidate", "before_injection"}),
        ("candidate", date(2026, 4, 20), {"after_injection"}),
        ("candidate", date(2026, 4, 7), {"after_injection"}),
        ("candidate", date(2026, 4, 6), {"relief"}),
        ("not_yet", None, {"decided_more_needed"}),
        ("see_in_clinic", None, {"decided_more_needed"}),
        ("not_a_candidate", date(2026, 4, 1), {"decided_not_candidate"}),
        ("sent_elsewhere", None, set()),
    ],
)
def test_moments_follow_the_decision_and_the_injection(outcome, injected, expected):
    found = set(moments(outcome, DECIDED, injected, TODAY))
    assert found == expected
    assert found <= KEYS


def walk_to(section: str, slug: str, language: str = "en") -> str:
    user = factories.a_user(language=language)
    patient = factories.a_patient(user)
    client = client_of(user)
    client.post(reverse("intake:begin", args=[patient.reference]))
    case = patient.cases.get()
    return client.get(reverse("intake:page", args=[case.reference, section, slug])).content.decode()


def test_a_page_stands_beside_its_question_and_opens_beside_what_is_typed():
    page = a_library("intake_goals")["en"]
    shown = walk_to("hopes", "worry")
    assert f'href="{page.get_url()}" target="_blank"' in shown


def test_it_speaks_the_reader_s_language():
    pages = a_library("intake_goals")
    shown = walk_to("hopes", "worry", "es")
    assert pages["es"].get_url() in shown
    assert pages["en"].get_url() not in shown


def test_a_page_taken_back_is_offered_no_more_and_nothing_stands_there():
    page = a_library("intake_goals")["en"]
    page.unpublish()
    assert 'class="learn"' not in walk_to("hopes", "worry")
