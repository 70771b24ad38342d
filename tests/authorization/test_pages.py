"""The payer's answer on the pages: recorded beside the decision, read in the list, and by the patient."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import gettext, override

from clinic.audit.models import Event
from clinic.authorization.lifecycle import FOR_PATIENT, Kind
from clinic.authorization.models import Ground, Step
from clinic.candidacy.models import Assessment, Decision
from clinic.people.models import Role, User
from clinic.record.models import Case
from tests.authorization.scenes import TODAY, decided, step, walked
from tests.candidacy.scenes import a_known_case
from tests.factories import a_case, a_patient, a_user

LIST = "/payer-answers/"


@pytest.fixture
def decision(doctor) -> Decision:
    return decided(doctor)


def address(decision: Decision) -> str:
    return f"/case/{decision.case.reference}/decision/{decision.pk}/payer/"


def typed(**changed: object) -> dict[str, object]:
    said = {
        "nonce": str(uuid.uuid4()),
        "kind": "refused",
        "clauses": ["conservative-care"],
        "reason": "Care is not documented.",
        "on": "1 June 2026",
        "payer": "Medicare",
    }
    return said | changed


def text(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_add_step_records_what_was_typed(desk, decision):
    shown = text(desk, address(decision))
    assert 'value="Medicare"' in shown
    assert "our assessment: met" in shown
    answer = desk.post(address(decision), typed())
    assert answer.headers["Location"] == f"/case/{decision.case.reference}/decision/{decision.pk}/"
    assert Step.objects.get().reason == "Care is not documented."
    assert {"payer.step_opened", "payer.step_recorded"} <= set(Event.objects.values_list("verb", flat=True))


def test_add_step_sent_twice_is_one_step_and_no_fault(desk, decision):
    said = typed()
    first, again = (desk.post(address(decision), said) for _ in range(2))
    assert first.status_code == again.status_code == 302
    assert Step.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"clauses": []}, "by which clause it was refused"),
        ({"reason": ""}, "as the payer gave it"),
        ({"on": "31 February 2026"}, 'id="id_on_error"'),
        ({"on": "31 May 2026"}, "the day on which the decision was signed"),
        ({"kind": "overturned"}, 'id="id_kind_error"'),
    ],
)
def test_add_step_says_what_is_wrong_and_keeps_what_was_typed(desk, decision, wrong, sentence):
    answer = desk.post(address(decision), typed(reference="TEST-77", **wrong))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "TEST-77" in answer.content.decode()
    assert not Step.objects.exists()


def test_add_step_takes_no_clause_where_the_payer_approves(desk, decision):
    desk.post(address(decision), typed(kind="approved"))
    approved = Step.objects.get()
    assert (approved.reason, approved.grounds.count()) == ("", 0)


def test_add_step_asks_for_the_last_day_of_an_approval(desk, decision):
    assert 'type="date"' in text(desk, address(decision))
    said = typed(kind="approved", last_day="2026-08-31", reference="TEST-77")
    desk.post(address(decision), said)
    assert "until 31 August 2026" in text(desk, f"/case/{decision.case.reference}/decision/{decision.pk}/")


def test_add_step_leads_back_to_where_it_was_opened(desk, decision):
    for back, leads_to in (("/candidates/", "/candidates/"), ("https://example.org/", None)):
        answer = desk.post(address(decision), typed(back=back, kind="asked" if leads_to else "approved"))
        here = f"/case/{decision.case.reference}/decision/{decision.pk}/"
        assert answer.headers["Location"] == (leads_to or here)


def test_add_step_asks_a_payer_again_after_its_approval(desk, doctor, decision):
    walked(decision, doctor, "approved")
    desk.post(address(decision), {"nonce": str(uuid.uuid4()), "kind": "asked", "on": "1 June 2026"})
    assert Step.objects.latest("pk").kind == "asked"


def test_add_step_asks_for_the_clause_of_a_refusal_that_was_asked_for(desk, doctor, decision):
    step(decision, doctor, "asked")
    assert desk.post(address(decision), typed(clauses=[])).status_code == 422
    desk.post(address(decision), typed())
    assert Step.objects.latest("pk").grounds.count() == 1


def test_strike_step_takes_back_with_a_reason(desk, doctor, decision):
    wrong = step(decision, doctor, "approved")
    path = f"/case/{decision.case.reference}/payer/{wrong.pk}/take-back/"
    assert desk.post(path, {"because": ""}).status_code == 422
    assert desk.post(path, {"because": "Another patient's letter."}).status_code == 302
    assert "Another patient&#x27;s letter." in text(desk, f"/case/{decision.case.reference}/decision/{decision.pk}/")
    assert desk.get(path).status_code == 404


def test_another_case_s_step_is_not_found(desk, doctor, decision):
    wrong = step(decision, doctor, "approved")
    elsewhere = a_case(a_patient(None), by=doctor)
    assert desk.get(f"/case/{elsewhere.reference}/payer/{wrong.pk}/take-back/").status_code == 404
    assert desk.get(f"/case/{elsewhere.reference}/decision/{decision.pk}/payer/").status_code == 404


def test_the_case_and_the_decision_show_the_way_with_the_payer(desk, doctor, decision):
    walked(decision, doctor, "refused", "appealed")
    for path in ("", f"decision/{decision.pk}/"):
        shown = text(desk, f"/case/{decision.case.reference}/{path}")
        assert "“Care is not documented.”" in shown
        assert "Record what came of the appeal" in shown


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(
    "way", [("approved",), ("refused",), ("refused", "appealed"), ("refused", "appealed", "upheld")]
)
def test_status_says_what_the_plan_answered_in_the_patient_s_words(client, doctor, way, language):
    case = a_known_case(language=language)
    walked(decided(doctor, case, patient_language=language), doctor, *way)
    User.objects.update(language=language)
    client.force_login(case.patient.user)
    shown = text(client, f"/cases/{case.reference}/")
    told = FOR_PATIENT[Kind(way[-1])]
    with override(language):
        assert gettext(told.line) in shown
    assert "555 0100" in shown
    assert "Care is not documented." not in shown


def test_status_says_nothing_of_a_plan_that_has_not_answered(client, doctor, decision):
    wrong = step(decision, doctor, "approved")
    Step.objects.filter(pk=wrong.pk).update(struck_at="2026-06-01T12:00Z", struck_by=doctor, struck_because="Wrong.")
    client.force_login(decision.case.patient.user)
    assert "What your insurance plan says" not in text(client, f"/cases/{decision.case.reference}/")


def test_answers_counts_by_payer_and_clause(desk, doctor):
    overturned = decided(doctor)
    step(overturned, doctor, "refused", clauses=["conservative-care", "other"])
    walked(overturned, doctor, "appealed", "upheld", "appealed", "overturned")
    step(decided(doctor, a_known_case()), doctor, "refused")
    step(decided(doctor, a_known_case()), doctor, "approved")
    part = desk.get(LIST).context["payers"][0]
    assert (part.payer, part.answered, part.approved, part.refused) == ("Medicare", 3, 1, 2)
    counted = {line.key: (line.refused, line.appealed, line.overturned, line.upheld, line.ours) for line in part.lines}
    assert counted == {
        "conservative-care": (2, 1, 1, 1, (("met", 2),)),
        "other": (1, 1, 1, 1, ()),
    }


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, {"Medicare", "Cigna"}),
        ({"payer": "Cigna"}, {"Cigna"}),
        ({"clause": "conservative-care"}, {"Medicare"}),
        ({"clause": "other"}, {"Cigna"}),
        ({"period": "3", "clause": "nonsense"}, {"Medicare", "Cigna"}),
        ({"payer": "\x00", "before": "x"}, {"Medicare", "Cigna"}),
    ],
)
def test_answers_leaves_what_the_filters_say(desk, doctor, asked, found):
    step(decided(doctor), doctor, "refused")
    step(decided(doctor, a_known_case()), doctor, "refused", payer="Cigna", clauses=["other"])
    answer = desk.get(LIST, asked)
    assert {part.payer for part in answer.context["payers"]} == found
    assert {step.payer for step in answer.context["page"].rows} == found


def test_answers_shows_only_the_period_that_is_asked_for(desk, doctor, decision):
    old = step(decision, doctor, "refused")
    many(5, old, TODAY - timedelta(days=500))
    assert len(desk.get(LIST).context["page"].rows) == 1
    assert len(desk.get(LIST, {"period": "36"}).context["page"].rows) == 6
    assert len(desk.get(LIST, {"period": "all"}).context["page"].rows) == 6


def test_answers_leaves_one_event_that_names_its_patients(desk, doctor, decision):
    step(decision, doctor, "refused")
    desk.get(LIST)
    assert Event.objects.get(verb="payer.answers_listed").patient_ids == [decision.case.patient_id]


def many(count: int, like: Step, on=TODAY) -> None:
    """Refused decisions in bulk, each with its clause and its appeal, as quick as the database takes them."""
    was, by = like.decision, {"payer": like.payer, "recorded_by": like.recorded_by, "on": on, "reason": "x"}
    shell = {name: getattr(was.assessment, name) for name in (*Assessment.SEALED, "seal", "made_by", "case")}
    shells = Assessment.objects.bulk_create(Assessment(**shell) for _ in range(count))
    cases = Case.objects.bulk_create(
        Case(patient=was.case.patient, location=was.case.location, stage_since=was.signed_at) for _ in range(count)
    )
    said = {name: getattr(was, name) for name in Decision.SEALED}
    decisions = Decision.objects.bulk_create(
        Decision(case=case, assessment=shell, seal=was.seal, **said) for case, shell in zip(cases, shells, strict=True)
    )
    refused = Step.objects.bulk_create(Step(decision=each, kind="refused", **by) for each in decisions)
    Step.objects.bulk_create(Step(decision=each, kind="appealed", **by) for each in decisions)
    Ground.objects.bulk_create(Ground(step=each, clause="conservative-care", ours="met") for each in refused)


def test_answers_costs_the_same_for_ten_rows_and_a_thousand(desk, doctor, decision):
    like = step(decision, doctor, "refused")
    many(9, like)
    desk.get(LIST)
    few = queries(desk)
    many(990, like)
    assert queries(desk) == few
    assert few <= 18


def queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(LIST).status_code == 200
    return len(captured)


def test_a_long_list_goes_on_where_it_ended(desk, doctor, decision):
    many(119, step(decision, doctor, "refused"))
    found, path = [], LIST
    while path:
        page = desk.get(path).context["page"]
        found += [step.pk for step in page.rows]
        path = page.older_url and LIST + page.older_url
    assert len(found) == len(set(found)) == 120


def test_answers_is_closed_to_patients_editors_and_administrators(client, first_of_june):
    for role in (Role.PATIENT, Role.EDITOR, Role.ADMINISTRATOR):
        client.force_login(a_user(role))
        assert client.get(LIST).status_code == 404


def test_a_patient_does_not_record_their_own_answer(client, doctor, decision):
    client.force_login(decision.case.patient.user)
    assert client.get(address(decision)).status_code == 404
    assert client.post(address(decision), typed()).status_code == 404
