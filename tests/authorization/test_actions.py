"""Recording what a payer answered: who hears of it, what is kept, and what is refused."""

import uuid
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from clinic.audit import clock
from clinic.audit.actions import Refused
from clinic.audit.models import Event
from clinic.authorization import actions, grounds
from clinic.authorization.models import Said, Step
from clinic.criteria.reasons import CLAUSE_TITLES
from clinic.post.models import Message
from clinic.record.models import Case, Document
from tests.authorization.scenes import REFUSED, TODAY, decided, step, walked
from tests.candidacy.scenes import TODAY as NOW
from tests.factories import actor

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n"


def test_a_refusal_keeps_its_clauses_with_what_our_assessment_had_said(doctor):
    decision = decided(doctor)
    refused = step(decision, doctor, "refused", clauses=["conservative-care", "other"])
    ours = {each["key"]: each["verdict"] for each in decision.determination["clauses"]}
    assert {ground.clause: ground.ours for ground in refused.grounds.all()} == {
        "conservative-care": ours["conservative-care"],
        "other": "",
    }
    event = Event.objects.get(verb="payer.step_recorded")
    assert event.patient_ids == [decision.case.patient_id]
    assert event.detail == {"kind": "refused", "clauses": ["conservative-care", "other"]}


def test_where_no_set_was_weighed_every_shared_clause_may_be_named():
    keys = [key for key, _title in grounds.choices(None)]
    assert keys[-1] == grounds.OTHER
    assert set(keys[:-1]) == set(CLAUSE_TITLES)
    assert grounds.verdicts(None) == {}


def test_payer_and_plan_stay_as_they_stood(doctor):
    decision = decided(doctor)
    step(decision, doctor, "refused", payer=" Medicare ", plan_name="Part B")
    appealed = step(decision, doctor, "appealed", payer="Another payer", plan_name="")
    assert (appealed.payer, appealed.plan_name) == ("Medicare", "Part B")


def test_the_patient_hears_that_there_is_news(doctor):
    decision = decided(doctor)
    before = Message.objects.filter(kind="news").count()
    step(decision, doctor, "approved")
    assert Message.objects.filter(kind="news").count() == before + 1
    assert "Medicare" not in Message.objects.latest("pk").body


def test_the_same_form_sent_twice_is_one_step(doctor):
    decision, nonce = decided(doctor), uuid.uuid4()
    assert step(decision, doctor, "refused", nonce=nonce) == step(decision, doctor, "refused", nonce=nonce)
    assert Step.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"on": TODAY + timedelta(days=1)}, "has not come yet"),
        ({"on": date(2026, 5, 31)}, "before 1 June 2026, the day on which the decision was signed"),
        ({"clauses": []}, "by which clause"),
        ({"clauses": ["no-such-clause"]}, "by which clause"),
        ({"clauses": ["cap-6-months"]}, "by which clause"),  # eviCore's, not Medicare's
        ({"reason": " "}, "as the payer gave it"),
        ({"payer": " "}, "which payer"),
        ({"kind": "appealed"}, "another step meanwhile"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(doctor, changed, sentence):
    decision, said = decided(doctor), {"kind": "refused", **REFUSED, **changed}
    with pytest.raises(Refused, match=sentence):
        step(decision, doctor, said.pop("kind"), **said)
    assert not Step.objects.exists()


def test_no_step_comes_before_the_one_that_it_follows(doctor):
    decision = decided(doctor)
    with clock.at(NOW + timedelta(days=9)):
        step(decision, doctor, "refused", on=date(2026, 6, 5))
        with pytest.raises(Refused, match="5 June 2026"):
            step(decision, doctor, "appealed", on=date(2026, 6, 4))


def test_a_decision_that_no_longer_stands_is_not_answered(doctor):
    decision = decided(doctor)
    decided(doctor, Case.objects.get(pk=decision.case_id))
    with pytest.raises(Refused, match="A later decision"):
        step(decision, doctor, "approved")


def test_what_was_answered_before_goes_on_though_a_later_decision_stands(doctor):
    decision = decided(doctor)
    step(decision, doctor, "refused")
    decided(doctor, Case.objects.get(pk=decision.case_id))
    assert step(decision, doctor, "appealed").kind == "appealed"


def test_a_wrong_step_is_struck_and_written_anew(doctor):
    decision = decided(doctor)
    wrong = step(decision, doctor, "approved")
    actions.strike_step(step=wrong, because="It was another patient's letter.", by=actor(doctor))
    step(decision, doctor, "refused")
    way = decision.payer_steps.way()
    assert [(each.kind, bool(each.struck_at)) for each in way.steps] == [("approved", True), ("refused", False)]
    assert way.steps[0].struck_because == "It was another patient's letter."
    assert way.stands.kind == "refused"
    assert Event.objects.filter(verb="payer.step_struck").count() == 1


def test_only_the_last_step_is_struck_once_and_with_a_reason(doctor):
    decision = decided(doctor)
    refused, appealed = step(decision, doctor, "refused"), step(decision, doctor, "appealed")
    for wrong, because, sentence in (
        (refused, "x", "A later step"),
        (appealed, " ", "Write why"),
    ):
        with pytest.raises(Refused, match=sentence):
            actions.strike_step(step=wrong, because=because, by=actor(doctor))
    actions.strike_step(step=appealed, because="Not sent.", by=actor(doctor))
    with pytest.raises(Refused, match="already"):
        actions.strike_step(step=appealed, because="Not sent.", by=actor(doctor))


def test_the_letter_is_filed_with_the_case(doctor, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    decision = decided(doctor)
    said = Said(nonce=uuid.uuid4(), kind="refused", on=TODAY, payer="Medicare", **REFUSED)
    letter = SimpleUploadedFile("letter.pdf", PDF)
    kept = actions.add_step(decision=decision, said=said, letter=letter, by=actor(doctor))
    assert kept.document == Document.objects.get(case=decision.case, said_by="record")


def test_the_way_costs_two_queries_however_long_it_is(doctor, django_assert_num_queries):
    decision = decided(doctor)
    walked(decision, doctor, "refused", "appealed", "upheld", "appealed", "overturned")
    with django_assert_num_queries(2):
        way = decision.payer_steps.way()
        assert [ground.title for each in way.steps for ground in each.grounds.all()] == ["Care tried first"]
    assert way.verb == "Record that the payer was asked again"


def test_an_approval_keeps_its_number_and_its_last_day(doctor):
    decision = decided(doctor)
    step(decision, doctor, "asked")
    approved = step(decision, doctor, "approved", reference="TEST-77", last_day=date(2026, 8, 31))
    assert (approved.reference, approved.last_day) == ("TEST-77", date(2026, 8, 31))
    assert step(decision, doctor, "asked", last_day=date(2026, 8, 31)).last_day is None


@pytest.mark.parametrize("last_day", [date(2026, 5, 31), date(2030, 1, 1)])
def test_an_approval_does_not_end_before_it_was_given_or_years_later(doctor, last_day):
    with pytest.raises(Refused, match="last day of an approval"):
        step(decided(doctor), doctor, "approved", last_day=last_day)


def test_who_is_asked_again_is_answered_first_once(doctor):
    walked(decided(doctor), doctor, "asked", "approved", "asked", "refused")
    assert [each.kind for each in Step.objects.first_answers()] == ["approved"]


def test_what_was_asked_and_not_answered_is_no_answer(doctor):
    step(decided(doctor), doctor, "asked")
    assert not Step.objects.first_answers().exists()
