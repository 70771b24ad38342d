"""Two questions: kept for patients with the version, asked of everybody, kind to whoever is wrong."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from education.reading.models import Understanding
from tests.reading.test_reading import open_page


@pytest.fixture
def address(hurt) -> str:
    return reverse("reading:questions", args=[hurt.pk])


def said(hurt, *choices: int, **fields: object) -> dict[str, object]:
    sent = {"sent_as": uuid.uuid4(), "revision": hurt.live_revision_id}
    return {**sent, **{f"question-{n}": choice for n, choice in enumerate(choices, 1)}, **fields}


def test_questions_are_kept_with_the_version_and_explained(case, patient, hurt, address):
    answer = patient.post(address, said(hurt, 1, 2)).content.decode()
    assert "So it is, and here is why." in answer
    assert "Yes, that is right." in answer
    kept = Understanding.objects.get()
    assert (kept.patient, kept.revision_id) == (case.patient, hurt.live_revision_id)
    assert (kept.choices, kept.right) == ([1, 2], [True, False])


def test_questions_answered_again_are_a_new_row_and_the_latest_counts(case, patient, hurt, address, doctor):
    open_page(patient, hurt)
    shown = reverse("candidacy:case", args=[case.reference])
    patient.post(address, said(hurt, 2, 1))
    seen = doctor.get(shown).content.decode()
    assert "understood 1 of 2" in seen
    assert "Not understood: Can it hurt?" in seen
    patient.post(address, said(hurt, 1, 1))
    assert Understanding.objects.count() == 2
    assert "understood 2 of 2" in doctor.get(shown).content.decode()


def test_questions_of_a_spanish_page_stand_on_the_case_in_english(case, patient, pages, doctor):
    hurt = pages["es"]
    open_page(patient, hurt)
    patient.post(reverse("reading:questions", args=[hurt.pk]), said(hurt, 2, 1))
    seen = doctor.get(reverse("candidacy:case", args=[case.reference])).content.decode()
    assert "Not understood: Can it hurt?" in seen


def test_questions_sent_twice_are_kept_once(patient, hurt, address):
    sent = said(hurt, 1, 1)
    for _click in range(2):
        assert patient.post(address, sent).status_code == 200
    assert Understanding.objects.count() == 1


def test_questions_are_open_to_strangers_of_whom_nothing_is_kept(hurt, address):
    answer = Client().post(address, said(hurt, 1, 1))
    assert "We keep nothing of this" in answer.content.decode()
    assert not Understanding.objects.exists()


def test_questions_speak_the_language_of_their_page(pages):
    answer = Client().get(reverse("reading:questions", args=[pages["es"].pk]))
    assert '<html lang="es">' in answer.content.decode()


def test_one_question_may_be_left_open_but_not_both(patient, hurt, address):
    assert patient.post(address, said(hurt)).status_code == 422
    assert patient.post(address, said(hurt, 1)).status_code == 200
    assert Understanding.objects.get().right == [True, None]


@pytest.mark.parametrize("wrong", [{"question-1": "7"}, {"question-1": "x"}, {"sent_as": "x", "question-1": "1"}])
def test_nonsense_is_refused(patient, hurt, address, wrong):
    assert patient.post(address, said(hurt, 1, **wrong)).status_code == 422
    assert not Understanding.objects.exists()


def test_a_page_taken_back_while_it_is_read_still_asks_what_it_asked(patient, hurt, address):
    sent = said(hurt, 1, 1)
    hurt.questions = []
    hurt.save_revision().publish()
    hurt.unpublish()
    assert patient.post(address, sent).status_code == 200
    assert Understanding.objects.get().revision_id == sent["revision"]


def test_a_version_that_was_never_published_is_not_found(patient, hurt, address):
    draft = hurt.save_revision()
    assert patient.post(address, said(hurt, 1, 1, revision=draft.pk)).status_code == 404
    assert patient.get(reverse("reading:questions", args=[999_999])).status_code == 404
