"""Asking the patient for more: the case leaves the list, and comes back by itself."""

import uuid
from datetime import date
from types import SimpleNamespace

import pytest

from clinic.audit.actions import Refused
from clinic.candidacy.actions import asking, chart
from clinic.candidacy.asked_again import Questions, askable
from clinic.candidacy.casefile import CaseFile
from clinic.intake.actions import following
from clinic.intake.models import Intake
from clinic.intake.questions.asked import Answers, Given
from clinic.people.models import Role
from clinic.record import actions as on_record
from clinic.record.models import Case, Stage
from tests.candidacy.scenes import a_known_case
from tests.factories import a_user, actor


def asked(case: Case, by) -> None:
    asking.ask(case=case, facts=["complaint.onset"], questions=["onset"], note="When did it begin?", by=actor(by))


def test_ask_offers_what_the_clauses_said_is_missing(desk):
    case = a_known_case({"complaint": {"region": "lumbar", "side": "left"}, "allergies": None})
    page = desk.get(f"/case/{case.reference}/ask/", {"fact": "complaint.onset"})
    form = page.context["form"]
    names = [value for value, _words in form.fields["questions"].choices]
    assert "onset" in names
    assert form["questions"].value() == ["onset"]
    assert "What only you can add" in page.content.decode()


def test_ask_takes_the_case_off_the_list(desk):
    case = a_known_case({"complaint": {"region": "lumbar", "side": "left"}})
    page = desk.post(f"/case/{case.reference}/ask/", {"questions": ["onset"], "note": "When did it begin?"})
    assert page.status_code == 302
    case.refresh_from_db()
    assert case.stage == Stage.ASKED
    request = case.information_requests.get()
    assert (request.questions, request.facts) == (["onset"], ["complaint.onset"])
    addition = case.intakes.get(kind=Intake.Kind.ADDITION)
    assert (addition.asks, addition.note) == (["onset"], "When did it begin?")


def test_a_closed_chart_opens_again_when_the_patient_is_asked(doctor):
    case = a_known_case()
    chart.close(case=case, by=actor(doctor))
    asked(case, doctor)
    assert Case.objects.get(pk=case.pk).record_final_at is None


def test_the_case_comes_back_by_itself_when_the_addition_is_sent(doctor):
    case = a_known_case()
    asked(case, doctor)
    assert CaseFile.of(case).request is not None
    addition = case.intakes.get(kind=Intake.Kind.ADDITION)
    following.answer(addition=addition, said=[], language="en", by=actor(case.patient.user))
    case.refresh_from_db()
    assert case.stage == Stage.REVIEW
    assert CaseFile.of(case).request is None
    asked(case, doctor)
    first, second = case.information_requests.order_by("id")
    assert (first.answered, second.ended_at) == (True, None)


def test_nobody_is_asked_twice_at_once(doctor):
    case = a_known_case()
    asked(case, doctor)
    with pytest.raises(Refused, match="asked already"):
        asked(case, doctor)


def test_ask_needs_a_question_or_a_note(desk, doctor):
    case = a_known_case()
    with pytest.raises(Refused, match="Choose a question"):
        asking.ask(case=case, facts=[], questions=[], note=" ", by=actor(doctor))
    page = desk.post(f"/case/{case.reference}/ask/", {"note": ""})
    assert page.status_code == 422


def test_take_back_brings_the_case_to_the_list_again(desk, doctor):
    case = a_known_case()
    asked(case, doctor)
    desk.post(f"/case/{case.reference}/ask/back/")
    case.refresh_from_db()
    assert case.stage == Stage.REVIEW
    assert case.information_requests.get().answered is False


def test_a_question_that_was_closed_unanswered_is_no_answer(doctor):
    case = a_known_case()
    asked(case, doctor)
    following.ask(case=case, questions=["onset"], note="", by=actor(doctor))
    assert CaseFile.of(case).request is not None


def test_ask_is_a_coordinators_too(client, first_of_june):
    case = a_known_case()
    client.force_login(a_user(Role.COORDINATOR))
    assert client.get(f"/case/{case.reference}/ask/").status_code == 200


def test_a_colleagues_case_is_not_asked_about(doctor):
    case = a_known_case()
    on_record.claim(case=case, by=actor(a_user(Role.DOCTOR, name="Dr. Test Hazel")))
    with pytest.raises(Refused, match="Hazel has this case"):
        asked(case, doctor)


PREGNANCY = "patient.pregnant"


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ({"sex": "female", "birth_date": "1990-05-01"}, True),
        ({"sex": "female", "birth_date": "1941-05-01"}, False),
        ({"sex": "male", "birth_date": "1990-05-01"}, False),
        ({"sex": "male"}, False),
        ({}, True),
    ],
)
def test_what_does_not_apply_is_not_asked(given, asked):
    answers = Answers(date(2026, 6, 1), plain={key: Given(value) for key, value in given.items()})
    assert (Questions(answers, {}).name(PREGNANCY) == "pregnant") is asked


def test_what_hangs_on_an_answer_that_nobody_gave_may_be_asked():
    def named(**given: str) -> str | None:
        answers = Answers(date(2026, 6, 1), plain={key: Given(value) for key, value in given.items()})
        return Questions(answers, {}).name("conditions.diabetes_controlled")

    assert named(diabetes="dk") == named(diabetes="yes") == named() == "diabetes_controlled"
    assert named(diabetes="no") is None


def test_a_missing_fact_of_an_entry_is_asked_of_that_entry_alone():
    told, untold = uuid.UUID(int=1), uuid.UUID(int=2)
    answers = Answers(date(2026, 6, 1), rows={"therapies": {str(told): {"kind": Given("massage")}}})
    rows = {"therapies[0]": [SimpleNamespace(key=untold)], "therapies[1]": [SimpleNamespace(key=told)]}
    questions = Questions(answers, rows)
    assert questions.name("therapies[1].to") == f"therapies[{told}].to"
    assert questions.name("therapies[0].to") is None  # somebody else entered it: the patient knows nothing of it
    offered = askable(["therapies[1].to", "therapies[1].ongoing"], {"therapies": [{}, {"name": "Massage"}]}, questions)
    assert [each.paths for each in offered] == [("therapies[1].to", "therapies[1].ongoing")]
    assert "Massage: " in offered[0].label


@pytest.mark.parametrize(("sex", "offered"), [("female", True), ("male", False)])
def test_ask_offers_the_question_of_pregnancy_to_whom_it_applies(desk, sex, offered):
    case = a_known_case(sex=sex, birth_date=date(1990, 5, 1))
    choices = desk.get(f"/case/{case.reference}/ask/").context["form"].fields["questions"].choices
    assert ("pregnant" in [value for value, _words in choices]) is offered
