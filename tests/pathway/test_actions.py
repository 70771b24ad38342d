"""The verbs of a candidate's way: what each keeps, whose turn it is after it and by when, and what is refused."""

import uuid
from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clinic.audit import clock
from clinic.audit.actions import Refused
from clinic.audit.models import Event
from clinic.authorization.actions import strike_step
from clinic.candidacy.models import Decision, Outcome
from clinic.people.actions.administration import deactivate
from clinic.people.models import Access, Role, User
from clinic.record.actions import move_case, raise_alert
from clinic.record.models import Alert, Case, Stage
from clinic.repeats.models import EarlyReason
from clinic.treatment.pathway import actions
from clinic.treatment.pathway.models import Note, Pathway
from tests.candidacy.scenes import TODAY as NOW
from tests.factories import a_user, actor
from tests.pathway.scenes import TODAY, a_candidate, a_colleague, book, decided, held, injected, step
from tests.procedure.scenes import recorded

SOON = date(2026, 6, 15)


def now(pathway: Pathway) -> Pathway:
    return Pathway.objects.get(pk=pathway.pk)


def test_a_signed_candidate_has_an_owner_and_a_day(doctor):
    pathway = a_candidate(doctor)
    assert (pathway.owner, pathway.next_on, pathway.ended_at) == (doctor, TODAY, None)


@pytest.mark.parametrize(
    ("said", "days"),
    [(["asked"], 7), (["approved"], 0), (["not_needed"], 0), (["refused"], 0), (["refused", "appealed"], 30)],
)
def test_what_the_payer_says_sets_the_day(doctor, said, days):
    pathway = a_candidate(doctor)
    actions.put_off(pathway=pathway, until=date(2026, 8, 1), words="Away.", by=actor(doctor))
    for kind in said:
        step(pathway.decision, doctor, kind)
    assert now(pathway).next_on == TODAY + timedelta(days=days)


def test_a_day_that_was_found_is_kept_with_its_note(doctor):
    pathway = a_candidate(doctor, "not_needed")
    note = actions.book(
        pathway=pathway, day=SOON, time=time(9, 30), nonce=uuid.uuid4(), words="Called.", by=actor(doctor)
    )
    kept = now(pathway)
    assert (kept.booked_on, kept.booked_time, kept.next_on) == (SOON, time(9, 30), SOON)
    assert (note.kind, note.booked_on, note.words) == (Note.Kind.BOOKED, SOON, "Called.")
    event = Event.objects.get(verb="pathway.booked")
    assert event.patient_ids == [pathway.case.patient_id]


def test_the_same_booking_sent_twice_is_one(doctor):
    pathway, nonce = a_candidate(doctor), uuid.uuid4()
    words = {"pathway": pathway, "day": SOON, "time": None, "nonce": nonce, "by": actor(doctor)}
    assert actions.book(**words) == actions.book(**words)


@pytest.mark.parametrize("day", [date(2026, 5, 31), date(2027, 7, 1)])
def test_no_day_behind_us_or_years_ahead_is_booked(doctor, day):
    with pytest.raises(Refused, match="today or a later day"):
        book(a_candidate(doctor), doctor, day)


def test_no_day_is_booked_while_an_urgent_sign_stands(doctor):
    pathway = a_candidate(doctor)
    raise_alert(case=pathway.case, kind=Alert.Kind.URGENT, signs=["saddle_numbness"], by=actor(doctor))
    with pytest.raises(Refused, match="urgent sign"):
        book(pathway, doctor)
    with pytest.raises(Refused, match="cannot be put off"):
        actions.put_off(pathway=pathway, until=SOON, words="x", by=actor(doctor))


def test_a_day_before_the_next_eligible_one_is_too_early(doctor):
    pathway = a_candidate(doctor)
    injected(pathway.case, doctor, "2026-05-25")
    with pytest.raises(actions.TooEarly) as refused:
        book(pathway, doctor)
    assert refused.value.held.policy.startswith("medicare-lcd@")
    assert now(pathway).booked_on is None


def test_a_doctor_books_early_with_a_reason_that_is_kept(doctor):
    pathway = a_candidate(doctor)
    injected(pathway.case, doctor, "2026-05-25")
    words = {"pathway": pathway, "day": SOON, "time": None, "reason": "Test reason."}
    nonce = uuid.uuid4()
    kept = actions.book_early(**words, nonce=nonce, by=actor(doctor))
    assert actions.book_early(**words, nonce=nonce, by=actor(doctor)) == kept
    assert EarlyReason.objects.get().reason == "Test reason."
    assert now(pathway).booked_on == SOON
    with pytest.raises(Refused, match="Only a doctor"):
        actions.book_early(**words, nonce=uuid.uuid4(), by=actor(a_colleague()))


def test_a_day_is_given_up_with_a_reason(doctor):
    pathway = a_candidate(doctor, "not_needed")
    book(pathway, doctor)
    with pytest.raises(Refused, match="Write why"):
        actions.unbook(pathway=pathway, words=" ", nonce=uuid.uuid4(), by=actor(doctor))
    note = actions.unbook(pathway=pathway, words="Ill.", nonce=uuid.uuid4(), by=actor(doctor))
    assert (note.booked_on, now(pathway).booked_on, now(pathway).next_on) == (SOON, None, TODAY)
    with pytest.raises(Refused, match="No day is booked"):
        actions.unbook(pathway=pathway, words="Ill.", nonce=uuid.uuid4(), by=actor(doctor))


def test_a_colleague_gets_it_today(doctor):
    pathway, colleague = a_candidate(doctor), a_colleague()
    actions.give(pathway=pathway, to=colleague, words="", by=actor(doctor))
    assert now(pathway).owner == colleague
    with pytest.raises(Refused, match="has it already"):
        actions.give(pathway=pathway, to=colleague, words="", by=actor(doctor))
    with pytest.raises(Refused, match="cannot take it"):
        actions.give(pathway=pathway, to=a_user(Role.EDITOR), words="", by=actor(doctor))


@pytest.mark.parametrize("until", [TODAY, date(2026, 12, 1)])
def test_it_is_put_off_for_a_while_and_not_for_ever(doctor, until):
    with pytest.raises(Refused, match="at most 90 days"):
        actions.put_off(pathway=a_candidate(doctor), until=until, words="x", by=actor(doctor))


def test_a_call_is_kept_once_and_may_set_the_day(doctor):
    pathway, nonce = a_candidate(doctor), uuid.uuid4()
    words = {"pathway": pathway, "words": "Nobody answered.", "nonce": nonce, "by": actor(doctor)}
    assert actions.call(**words, next_on=SOON) == actions.call(**words, next_on=SOON)
    assert now(pathway).next_on == SOON


def test_an_end_has_its_reason_and_gives_the_day_up(doctor):
    pathway = a_candidate(doctor)
    book(pathway, doctor)
    for because, words in (("done", "x"), ("superseded", "x"), ("other", "")):
        with pytest.raises(Refused):
            actions.end(pathway=pathway, because=because, words=words, by=actor(doctor))
    actions.end(pathway=pathway, because="declined", words="", by=actor(doctor))
    ended = now(pathway)
    assert (ended.ended_because, ended.booked_on, ended.ended_by) == ("declined", None, doctor)
    with pytest.raises(Refused, match="ended meanwhile"):
        book(pathway, doctor)


def test_a_session_ends_the_way_and_what_is_struck_takes_it_up_again(doctor):
    pathway = a_candidate(doctor, "not_needed")
    book(pathway, doctor, TODAY)
    actions.carried_out(pathway=pathway, by=actor(doctor))
    assert now(pathway).ended_because == "done"
    assert now(pathway).may_be_taken_up
    actions.reopen(pathway=pathway, words="Another patient's session.", by=actor(doctor))
    taken_up = now(pathway)
    assert (taken_up.ended_at, taken_up.next_on, taken_up.booked_on) == (None, TODAY, TODAY)
    with pytest.raises(Refused, match="goes on already"):
        actions.reopen(pathway=pathway, words="x", by=actor(doctor))


def test_a_later_decision_ends_the_way_and_the_booked_day_goes_over(doctor):
    former = a_candidate(doctor, "not_needed")
    book(former, doctor)
    later = a_candidate(doctor, case=Case.objects.get(pk=former.case_id))
    assert now(former).ended_because == "superseded"
    assert (later.booked_on, later.ended_at) == (SOON, None)
    assert not now(former).may_be_taken_up
    with pytest.raises(Refused, match="later decision"):
        actions.reopen(pathway=former, words="x", by=actor(doctor))


def test_a_decision_that_says_not_yet_opens_no_way(doctor):
    former = a_candidate(doctor)
    decided(doctor, Case.objects.get(pk=former.case_id), outcome=Outcome.NOT_YET)
    assert not Pathway.objects.open().exists()
    assert Decision.objects.count() == 2


def settle(pathway: Pathway, by: User, hold: str, words: str = "Test words.") -> Note:
    return actions.settle_hold(pathway=pathway, hold=hold, words=words, nonce=uuid.uuid4(), by=actor(by))


def test_a_hold_stays_open_until_it_is_settled_in_words_and_once(doctor):
    pathway = held(doctor, "not_needed")
    book(pathway, doctor, SOON)
    assert now(pathway).next_on == SOON - timedelta(days=7)
    assert Pathway.objects.with_people().get(pk=pathway.pk).open_holds == ["heart_failure", "glaucoma"]
    with pytest.raises(Refused, match="Write how"):
        settle(pathway, doctor, "glaucoma", " ")
    settle(pathway, doctor, "glaucoma")
    assert now(pathway).next_on == SOON - timedelta(days=7)
    with pytest.raises(Refused, match="settled this already"):
        settle(pathway, doctor, "glaucoma")
    settle(pathway, doctor, "heart_failure")
    assert now(pathway).next_on == SOON


def test_what_is_not_held_cannot_be_settled(doctor):
    with pytest.raises(Refused, match="settled this already"):
        settle(a_candidate(doctor, "not_needed"), doctor, "allergy")


def put_off(pathway: Pathway, by: User) -> None:
    actions.put_off(pathway=pathway, until=SOON, words="Away.", by=actor(by))


def test_what_is_reported_makes_it_due_today(doctor):
    pathway = a_candidate(doctor)
    put_off(pathway, doctor)
    raise_alert(case=pathway.case, kind=Alert.Kind.CHANGE, signs=["infection"], by=actor(doctor))
    assert now(pathway).next_on == TODAY


def test_a_case_that_goes_back_into_review_makes_it_due_today(doctor):
    pathway = a_candidate(doctor)
    put_off(pathway, doctor)
    move_case(case=pathway.case, to=Stage.REVIEW, by=actor(doctor))
    assert now(pathway).next_on == TODAY


def test_an_answer_that_is_taken_back_makes_it_due_today(doctor):
    pathway = a_candidate(doctor)
    wrong = step(pathway.decision, doctor, "approved")
    put_off(pathway, doctor)
    strike_step(step=wrong, because="Another patient's letter.", by=actor(doctor))
    assert now(pathway).next_on == TODAY


def test_who_leaves_hands_their_candidates_over_first(doctor):
    pathway, administrator = a_candidate(doctor), a_user(Role.ADMINISTRATOR)
    with pytest.raises(Refused, match="each needs an owner"):
        deactivate(user=doctor, by=actor(administrator))
    colleague = a_user(Role.DOCTOR)
    deactivate(user=doctor, by=actor(administrator), colleague=colleague)
    assert now(pathway).owner == colleague


def test_who_waits_for_an_answer_is_due_when_it_should_have_come(doctor):
    pathway = a_candidate(doctor, "asked")
    with clock.at(NOW + timedelta(days=8)):
        assert now(pathway).next_on < TODAY + timedelta(days=8)


def test_nobody_passes_the_rules_for_themselves(doctor):
    pathway = a_candidate(doctor, "not_needed")
    injected(pathway.case, doctor, "2026-05-25")
    Access.objects.create(patient=pathway.case.patient, user=doctor, granted_by=doctor)
    with pytest.raises(Refused, match="Ask a colleague"):
        actions.book_early(
            pathway=pathway, day=SOON, time=None, reason="Test reason.", nonce=uuid.uuid4(), by=actor(doctor)
        )
    assert not EarlyReason.objects.exists()


def test_nobody_settles_a_hold_of_their_own(doctor):
    pathway = held(doctor, "not_needed")
    Access.objects.create(patient=pathway.case.patient, user=doctor, granted_by=doctor)
    hold = Pathway.objects.with_people().get(pk=pathway.pk).open_holds[0]
    with pytest.raises(Refused, match="Ask a colleague"):
        actions.settle_hold(pathway=pathway, hold=hold, words="Test.", nonce=uuid.uuid4(), by=actor(doctor))


def test_nobody_puts_a_candidate_off_beyond_the_session_or_the_approval(doctor):
    pathway = a_candidate(doctor, "approved")
    book(pathway, doctor)
    with pytest.raises(Refused, match="15 June 2026 at the latest"):
        actions.put_off(pathway=pathway, until=SOON + timedelta(days=1), words="Away.", by=actor(doctor))
    late = {"words": "Called.", "next_on": SOON + timedelta(days=1), "nonce": uuid.uuid4()}
    with pytest.raises(Refused, match="15 June 2026 at the latest"):
        actions.call(pathway=pathway, **late, by=actor(doctor))
    actions.put_off(pathway=pathway, until=SOON, words="Away.", by=actor(doctor))
    assert now(pathway).next_on == SOON


def test_case_and_way_are_locked_in_one_order(doctor):
    """Whoever decides, answers or reports locks the case, and reaches its way by a trigger."""
    pathway = a_candidate(doctor)
    verbs = [
        lambda: book(pathway, doctor),
        lambda: step(pathway.decision, doctor, "not_needed"),
        lambda: recorded(doctor, pathway.decision),
    ]
    for verb in verbs:
        with CaptureQueriesContext(connection) as asked:
            verb()
        locks = [query["sql"] for query in asked if "FOR UPDATE" in query["sql"]]
        assert 'FROM "record_case"' in locks[0]
