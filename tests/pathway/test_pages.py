"""The list of candidates, the page of one, the stop page: what each shows, does and refuses."""

import uuid
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clinic.audit.models import Event
from clinic.candidacy.models import Assessment, Decision
from clinic.people.models import Role
from clinic.record.actions import raise_alert, state
from clinic.record.models import Alert, Case, SaidBy
from clinic.repeats.models import EarlyReason
from clinic.treatment.pathway import actions
from clinic.treatment.pathway.models import Note, Pathway
from tests.factories import a_user, actor
from tests.pathway.scenes import a_candidate, a_colleague, book, held, injected, step

LIST = "/candidates/"


@pytest.fixture
def pathway(doctor) -> Pathway:
    return a_candidate(doctor)


@pytest.fixture
def coordinator(first_of_june) -> Client:
    client = Client()
    client.force_login(a_colleague())
    return client


def address(pathway: Pathway, verb: str = "") -> str:
    return f"/case/{pathway.case.reference}/way/{pathway.pk}/{verb}"


def text(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def once(**said: object) -> dict[str, object]:
    return {"nonce": str(uuid.uuid4()), **said}


def test_candidates_says_what_comes_next_whose_turn_it_is_and_by_when(desk, doctor, pathway):
    shown = text(desk, LIST)
    assert "Ask the payer, or note that it asks for no authorization" in shown
    assert str(pathway.case.patient) in shown
    assert "Not asked" in shown
    event = Event.objects.filter(verb="candidates.listed").latest("pk")
    assert event.patient_ids == [pathway.case.patient_id]


def test_candidates_says_what_changed_since_the_decision(desk, doctor, pathway):
    state(case=pathway.case, fact="conditions.diabetes", value=True, said_by=SaidBy.DOCTOR, by=actor(doctor))
    raise_alert(case=pathway.case, kind=Alert.Kind.URGENT, signs=["saddle_numbness"], by=actor(doctor))
    shown = text(desk, LIST)
    assert "Urgent sign" in shown
    assert "Look into what was reported since the decision" in shown


def test_candidates_comes_back_on_its_day(desk, doctor, pathway):
    step(pathway.decision, doctor, "asked")
    assert "Nothing is due today" in text(desk, LIST)
    assert str(pathway.case.patient) in text(desk, f"{LIST}?tab=all")


@pytest.mark.parametrize(
    ("query", "there"),
    [
        ("tab=mine", True),
        ("tab=all&place=find_day", True),
        ("tab=all&place=refused", False),
        ("tab=all&q=Patient", True),
        ("tab=all&q=Nobody", False),
        ("tab=all&location=99999", False),
        ("tab=nonsense&place=nonsense&location=x&q=%00", True),
    ],
)
def test_candidates_is_narrowed(desk, doctor, pathway, query, there):
    step(pathway.decision, doctor, "not_needed")
    assert (pathway.case.reference in text(desk, f"{LIST}?{query}")) is there


def test_way_shows_the_next_step_the_payer_and_the_history(desk, doctor, pathway):
    step(pathway.decision, doctor, "approved", reference="TEST-77", last_day=date(2026, 6, 10))
    book(pathway, doctor, date(2026, 6, 15))
    shown = text(desk, address(pathway))
    assert "Ask the payer again: the approval ends before the day" in shown
    assert "Approved TEST-77, until 10 June 2026" in shown
    assert "The approval holds until 10 June 2026, and the session is booked for 15 June 2026" in shown
    assert "Day found" in shown


def test_way_says_what_is_not_as_it_was_signed(desk, doctor, pathway):
    assert "Nothing changed" in text(desk, address(pathway))
    state(case=pathway.case, fact="conditions.heart_failure", value=True, said_by=SaidBy.DOCTOR, by=actor(doctor))
    shown = text(desk, address(pathway))
    assert "New on the safety screen" in shown
    assert "Heart failure" in shown


def test_another_case_s_way_is_not_found(desk, doctor, pathway):
    other = a_candidate(doctor)
    assert desk.get(f"/case/{other.case.reference}/way/{pathway.pk}/").status_code == 404


def test_book_keeps_the_day(desk, pathway):
    answer = desk.post(address(pathway, "book/"), once(day="2026-06-15", time="09:30"))
    assert answer.headers["Location"] == address(pathway)
    assert Pathway.objects.get().booked_on == date(2026, 6, 15)


def test_book_says_what_is_wrong_and_keeps_what_was_typed(desk, pathway):
    answer = desk.post(address(pathway, "book/"), once(day="2020-06-15", words="Test words"))
    assert answer.status_code == 422
    assert "Test words" in answer.content.decode()
    assert "today or a later day" in answer.content.decode()


def test_book_before_the_first_eligible_day_leads_to_the_stop_page(desk, doctor, pathway):
    injected(pathway.case, doctor, "2026-05-25")
    answer = desk.post(address(pathway, "book/"), once(day="2026-06-15", time="09:30"))
    assert answer.headers["Location"] == f"{address(pathway, 'too-early/')}?day=2026-06-15&time=09%3A30%3A00"
    shown = text(desk, answer.headers["Location"])
    assert "The rules do not allow 15 June 2026 yet" in shown
    assert "Book it with this reason" in shown
    assert Pathway.objects.get().booked_on is None


def test_too_early_offers_no_passing_to_a_coordinator(coordinator, doctor, pathway):
    injected(pathway.case, doctor, "2026-05-25")
    shown = text(coordinator, f"{address(pathway, 'too-early/')}?day=2026-06-15")
    assert "Only a doctor may go on" in shown
    said = once(day="2026-06-15", reason="Test reason.")
    assert coordinator.post(address(pathway, "book-early/"), said).status_code == 404


def test_too_early_of_a_day_that_nothing_stands_against_leads_back(desk, pathway):
    for query in ("day=2026-06-15", "day=nonsense", ""):
        assert desk.get(f"{address(pathway, 'too-early/')}?{query}").status_code == 302


def test_book_early_asks_for_the_reason_and_keeps_it(desk, doctor, pathway):
    injected(pathway.case, doctor, "2026-05-25")
    assert desk.post(address(pathway, "book-early/"), once(day="2026-06-15", reason="")).status_code == 422
    desk.post(address(pathway, "book-early/"), once(day="2026-06-15", reason="Test reason."))
    assert EarlyReason.objects.get().reason == "Test reason."
    assert Pathway.objects.get().booked_on == date(2026, 6, 15)


def test_unbook_gives_the_day_up(desk, doctor, pathway):
    book(pathway, doctor)
    assert desk.post(address(pathway, "give-up-day/"), once(words="")).status_code == 422
    desk.post(address(pathway, "give-up-day/"), once(words="Ill."))
    assert Pathway.objects.get().booked_on is None


@pytest.mark.parametrize(
    ("verb", "wrong", "right", "kind"),
    [
        ("call/", {"words": ""}, {"words": "Nobody answered."}, "call"),
        ("put-off/", {"until": "2026-06-01", "words": "x"}, {"until": "2026-06-09", "words": "Away."}, "later"),
        ("end/", {"because": "other"}, {"because": "declined"}, "ended"),
    ],
)
def test_verbs_are_noted(desk, pathway, verb, wrong, right, kind):
    assert desk.post(address(pathway, verb), once(**wrong)).status_code == 422
    assert desk.post(address(pathway, verb), once(**right)).status_code == 302
    assert Note.objects.get().kind == kind


def test_give_hands_it_over(desk, pathway):
    colleague = a_colleague()
    assert desk.post(address(pathway, "give/"), {"to": "0"}).status_code == 422
    desk.post(address(pathway, "give/"), {"to": colleague.pk})
    assert Pathway.objects.get().owner == colleague


def test_reopen_takes_it_up_again(desk, doctor, pathway):
    actions.end(pathway=pathway, because="better", words="", by=actor(doctor))
    assert "Take it up again" in text(desk, address(pathway))
    assert desk.post(address(pathway, "take-up/"), {"words": ""}).status_code == 422
    desk.post(address(pathway, "take-up/"), {"words": "It came back."})
    assert Pathway.objects.get().is_open


def test_settle_hold_of_a_hold_that_is_not_there_is_wrong(desk, pathway):
    assert desk.post(address(pathway, "settle/"), once(hold="allergy", words="x")).status_code == 422


def test_the_case_shows_where_the_candidate_stands(desk, doctor, pathway):
    book(pathway, doctor, date(2026, 6, 15))
    shown = text(desk, f"/case/{pathway.case.reference}/")
    assert address(pathway) in shown
    assert "15 June 2026" in shown


def test_who_has_a_day_is_not_told_that_we_call_to_find_one(client, doctor, pathway):
    step(pathway.decision, doctor, "approved", last_day=date(2026, 8, 31))
    client.force_login(pathway.case.patient.user)
    assert "We will call you to find a day" in text(client, f"/cases/{pathway.case.reference}/")
    book(pathway, doctor, date(2026, 6, 15))
    shown = text(client, f"/cases/{pathway.case.reference}/")
    assert "We will call you to find a day" not in shown
    assert "Their yes is good until 31 August 2026" in shown


@pytest.mark.parametrize(("language", "sentence"), [("en", "Your injection is on"), ("es", "Su inyección es el")])
def test_the_patient_reads_the_day(client, doctor, pathway, language, sentence):
    user = pathway.case.patient.user
    user.language = language
    user.save()
    book(pathway, doctor, date(2026, 6, 15))
    client.force_login(user)
    assert sentence in text(client, f"/cases/{pathway.case.reference}/")


def many(count: int, like: Pathway) -> None:
    """Candidates made in bulk, as quick as the database takes them."""
    was = like.decision
    shell = {name: getattr(was.assessment, name) for name in (*Assessment.SEALED, "seal", "made_by")}
    cases = Case.objects.bulk_create(
        Case(patient=was.case.patient, location=was.case.location, stage="decided", stage_since=was.signed_at)
        for _ in range(count)
    )
    shells = Assessment.objects.bulk_create(Assessment(case=case, **shell) for case in cases)
    said = {name: getattr(was, name) for name in Decision.SEALED}
    Decision.objects.bulk_create(
        Decision(case=case, assessment=kept, seal=was.seal, **said) for case, kept in zip(cases, shells, strict=True)
    )


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_candidates_costs_the_same_for_ten_rows_and_a_thousand(desk, pathway):
    many(9, pathway)
    desk.get(LIST)
    few = queries(desk, LIST)
    many(990, pathway)
    assert queries(desk, LIST) == few
    assert few <= 18


def test_a_long_list_goes_on_where_it_ended(desk, pathway):
    many(119, pathway)
    found, path = [], LIST
    while path:
        page = desk.get(path).context["page"]
        found += [each.pk for each in page.rows]
        path = page.newer_url and LIST + page.newer_url
    assert len(found) == len(set(found)) == 120


def test_candidates_is_closed_to_who_sees_no_patients(client, first_of_june, pathway):
    for role in (Role.PATIENT, Role.EDITOR, Role.ADMINISTRATOR):
        client.force_login(a_user(role))
        assert client.get(LIST).status_code == 404
        assert client.get(address(pathway)).status_code == 404


def test_way_shows_what_is_held_until_it_is_settled(desk, doctor):
    pathway = held(doctor, "not_needed")
    assert "Hold: heart failure" in text(desk, LIST)
    shown = text(desk, address(pathway))
    assert "Seen by a test cardiologist." in shown
    for hold in ("heart_failure", "glaucoma"):
        assert desk.post(address(pathway, "settle/"), once(hold=hold, words="Test words.")).status_code == 302
    assert "Still held" not in text(desk, address(pathway))
