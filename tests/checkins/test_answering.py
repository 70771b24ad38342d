"""An answer is kept once, says to the record what it means, and calls the clinic where it must act."""

import uuid
from datetime import timedelta
from decimal import Decimal

import pytest

from clinic.audit import clock
from clinic.audit.actions import Refused
from clinic.audit.actor import Actor
from clinic.audit.clock import now
from clinic.people.models import Access
from clinic.record import actions as on_record
from clinic.record.facts import assemble
from clinic.record.models import Alert, Case, Injection, SaidBy, Stage
from clinic.treatment.checkins.actions.answering import Late, answer, strike_answer
from clinic.treatment.checkins.heard import Heard
from clinic.treatment.checkins.models import Stop
from clinic.treatment.checkins.reading import Closed, in_relief, open_for, said_of
from clinic.treatment.checkins.relief import opens_window
from tests.factories import actor

from .scenes import GIVEN, a_check_in, a_coordinator, a_session, after, answered

pytestmark = pytest.mark.django_db
PEG = {"PEG": {"peg_pain": 2, "peg_enjoyment": 3, "peg_activity": 2}}


@pytest.fixture
def session(db):
    return a_session()


def on_file(session) -> dict:
    """What the record says of the session, as the rules read it."""
    case = Case.objects.with_record().get(pk=session.case_id)
    (injection,) = assemble(case, GIVEN + timedelta(days=400)).document["injections"]
    return injection


def patients_rows(session) -> int:
    return Injection.objects.current().filter(key=session.key, said_by=SaidBy.PATIENT).count()


def test_what_is_said_on_the_evening_is_kept_and_says_nothing_to_the_record(session):
    answered(session, "d0", pain=1, relief=90, no_signs=True)
    assert patients_rows(session) == 0
    assert "after" not in on_file(session)
    assert not in_relief().exists()


def test_relief_and_the_week_s_pain_stand_in_the_record_as_the_patient_said_them(session):
    answered(session, "d1", pain=4, relief=40, no_signs=True)
    assert on_file(session)["patient_relief_percent"] == 40
    assert "after" not in on_file(session)  # "since yesterday" is not the baseline's question
    answered(session, "d14", pain=2, relief=80, better_or_less_medicine=True, no_signs=True, items=PEG)
    told = on_file(session)
    assert (told["patient_relief_percent"], told["function_better_or_less_medicine"]) == (80, True)
    assert "relief_until" not in told
    day = (GIVEN + timedelta(days=14)).isoformat()
    assert told["after"] == [
        {"scale": "NRS", "value": 2, "on": day},
        {"scale": "PEG", "value": 2.333, "on": day},
    ]
    assert on_file(session)["before"] == [{"scale": "NRS", "value": 8, "on": GIVEN.isoformat()}]
    assert list(in_relief()) == [session]


def test_a_relief_that_is_over_before_three_months_calls_the_doctor_once(session):
    answered(session, "d14", relief=80)
    answered(session, "m1", relief=20)
    assert on_file(session)["relief_until"] == "2026-06-16/2026-07-01"
    assert session.case.alerts.get(kind="change").signs == ["relief_ended_early"]
    answered(session, "m2", relief=10)
    assert session.case.alerts.count() == 1
    assert not in_relief().exists()


def test_a_relief_that_ends_after_three_months_is_no_alarm(session):
    answered(session, "d14", relief=80)
    answered(session, "m3", relief=60)
    answered(session, "m6", relief=0)
    assert on_file(session)["relief_until"] == "2026-09-02/2026-12-01"
    assert not session.case.alerts.exists()


def test_an_end_named_too_soon_is_taken_back_when_it_still_comes(session):
    answered(session, "d7", relief=10, over=True)
    assert on_file(session)["relief_until"] == "2026-06-02/2026-06-08"
    answered(session, "d14", relief=70)
    assert "relief_until" not in on_file(session)
    assert list(in_relief()) == [session]


def test_the_day_that_the_patient_names_is_the_end(session):
    answered(session, "d14", relief=80)
    answered(session, "m1", relief=20, until="2026-06-25")
    assert on_file(session)["relief_until"] == "2026-06-25"


@pytest.mark.parametrize("until", ["2026-05-31", "2027-01-01", "2026-02-30"])
def test_an_end_before_the_session_after_today_or_on_no_day_is_refused(session, until):
    with pytest.raises(Refused):
        answered(session, "m1", relief=20, until=until)
    assert not session.check_ins.get().answers.exists()


def test_pain_that_is_worse_is_no_relief_in_the_record(session):
    assert answered(session, "d14", relief=-1).relief == -1
    assert on_file(session)["patient_relief_percent"] == 0


def test_a_bad_sign_stops_everything_at_once(session):
    answered(session, "d3", signs=("fever_or_chills", "severe_headache"))
    alert = session.case.alerts.get()
    assert (alert.kind, alert.signs) == (Alert.Kind.URGENT, ["fever_or_chills", "severe_headache"])
    said = session.case.statements.current().filter(value=True, said_by=SaidBy.PATIENT)
    assert list(said.filter(fact__startswith="red_flags.").values_list("fact", flat=True)) == [
        "red_flags.fever_or_chills"
    ]
    assert Case.objects.urgent().get() == session.case


def test_sent_twice_it_is_kept_once(session):
    check_in, nonce = a_check_in(session, "d3"), uuid.uuid4()
    with clock.at(after(3)):
        first, second = (
            answer(check_in=check_in, said=Heard(relief=50), how="link", nonce=nonce, by=Actor()) for _ in range(2)
        )
    assert first == second


def test_said_anew_the_later_stands_and_the_earlier_stays_struck_out(session):
    answered(session, "d14", pain=2, relief=80)
    with clock.at(after(16)):
        check_in = a_check_in(session, "d14")
        answer(check_in=check_in, said=Heard(pain=6, relief=10), how="link", nonce=uuid.uuid4(), by=Actor())
    assert [(row.relief, row.struck_at is None) for row in check_in.answers.all()] == [(80, False), (10, True)]
    assert on_file(session)["after"] == [{"scale": "NRS", "value": 6, "on": "2026-06-18"}]
    assert on_file(session)["patient_relief_percent"] == 10


def test_a_struck_answer_takes_back_what_it_said(session):
    by = actor(a_coordinator())
    kept = answered(session, "d14", pain=2, relief=80)
    with pytest.raises(Refused):
        strike_answer(answer=kept, because=" ", by=by)
    strike_answer(answer=kept, because="Meant another session", by=by)
    assert patients_rows(session) == 0
    assert "after" not in on_file(session)
    with pytest.raises(Refused):
        strike_answer(answer=kept, because="Again", by=by)


def test_of_two_answers_of_one_day_the_later_is_compared_until_it_is_struck(session):
    for key, pain in (("d7", 5), ("d14", 3)):
        with clock.at(after(14)):
            said = Heard(pain=pain, relief=60)
            kept = answer(check_in=a_check_in(session, key), said=said, how="link", nonce=uuid.uuid4(), by=Actor())
    assert [each["value"] for each in on_file(session)["after"]] == [3]
    strike_answer(answer=kept, because="Meant another session", by=actor(a_coordinator()))
    assert [each["value"] for each in on_file(session)["after"]] == [5]


def closed_for(session, key: str, days: int, how: str = "link") -> Closed | None:
    with clock.at(after(days)):
        try:
            answer(check_in=a_check_in(session, key), said=Heard(pain=3), how=how, nonce=uuid.uuid4(), by=Actor())
        except Late as late:
            return late.why
    return None


def test_after_two_weeks_nothing_is_answered_any_more(session):
    assert closed_for(session, "d14", 28) is None
    assert closed_for(session, "d14", 29) == Closed.LATE


def test_after_withdrawal_nothing_is_answered(session):
    on_record.move_case(case=session.case, to=Stage.WITHDRAWN, by=Actor())
    assert closed_for(session, "d3", 3) == Closed.WITHDRAWN


def test_who_stopped_the_mails_answers_on_a_call_alone(session):
    Stop.objects.create(patient=session.case.patient)
    assert closed_for(session, "d3", 3) == Closed.STOPPED
    assert answered(session, "d3", by=actor(a_coordinator()), how="call", pain=3).how == "call"


def test_a_struck_session_asks_nothing(session):
    session.struck_at, session.struck_by, session.struck_because = now(), session.performed_by, "Another patient"
    session.save(update_fields=["struck_at", "struck_by", "struck_because"])
    assert closed_for(session, "d3", 3) == Closed.STRUCK
    assert not in_relief().exists()


def test_a_later_session_ends_the_questions_about_the_one_before(session):
    answered(session, "d14", relief=80)
    a_session(session.case, on=GIVEN + timedelta(days=20))
    assert closed_for(session, "d14", 21) == Closed.LATER_SESSION
    assert not in_relief().exists()


def test_a_clock_that_goes_back_dates_no_answer_before_it_was_asked(session):
    check_in = a_check_in(session, "m1")
    with clock.at(after(2)):
        kept = answer(check_in=check_in, said=Heard(relief=60), how="link", nonce=uuid.uuid4(), by=Actor())
    assert kept.on == check_in.due_on


def test_a_patient_s_own_page_offers_what_is_due_and_unanswered(session):
    for key in ("d1", "d3", "d7"):
        a_check_in(session, key)
    answered(session, "d1", pain=3)
    with clock.at(after(4)):
        assert [each.moment for each in open_for(session.case.patient)] == ["d3"]
    with clock.at(after(18)):
        assert [each.moment for each in open_for(session.case.patient)] == ["d7"]


def test_the_score_of_an_instrument_is_that_of_its_items():
    sheet = {str(number): int(number < 6) for number in range(1, 25)}
    assert Heard(items={"RMDQ": sheet}).scores()["RMDQ"]["value"] == "5"
    assert Decimal(Heard(items=PEG).scores()["PEG"]["value"]) == Decimal("2.333")


@pytest.mark.parametrize(
    "course",
    [
        {"d0": 90},
        {"d1": 60},
        {"d7": 60, "d14": 40},
        {"d7": 40, "d14": 60},
        {"d14": 60, "m1": None},
        {"d14": -1},
    ],
)
def test_the_database_and_the_rule_say_alike_who_is_in_relief(session, course):
    for key, percent in course.items():
        answered(session, key, relief=percent)
    assert in_relief().exists() is opens_window(session.on, said_of(session))


def test_who_says_that_it_is_over_and_not_how_much_better_it_is_leaves_the_window(session):
    answered(session, "d14", relief=80)
    assert list(in_relief()) == [session]
    answered(session, "m1", relief=None, over=True)
    assert not in_relief().exists()
    assert not opens_window(session.on, said_of(session))


@pytest.mark.parametrize("until", ["2026-02-30", "1999-01-01", "2030-01-01"])
def test_a_bad_sign_is_heard_beside_a_day_that_cannot_be(session, until):
    kept = answered(session, "d14", relief=20, over=True, until=until, signs=("fever_or_chills",))
    assert kept.relief_until == f"{session.on}/{kept.on - timedelta(days=1)}"
    assert session.case.alerts.get(kind="urgent").signs == ["fever_or_chills"]


def test_staff_neither_type_nor_strike_answers_of_their_own(session):
    mine = actor(a_coordinator())
    kept = answered(session, "d7", pain=3)
    Access.objects.create(patient=session.case.patient, user_id=mine.user_id, granted_by=session.performed_by)
    with pytest.raises(Refused, match="Ask a colleague"):
        answered(session, "d14", by=mine, how="call", pain=3)
    with pytest.raises(Refused, match="Ask a colleague"):
        strike_answer(answer=kept, because="Test.", by=mine)
    assert answered(session, "d14", by=mine, how="page", pain=3).how == "page"


def test_further_signs_by_link_are_one_alert_that_names_them_all(session):
    answered(session, "d1", signs=("fever_or_chills",))
    answered(session, "d3", signs=("severe_headache",))
    standing = session.case.alerts.get(kind="urgent", released_at=None)
    assert standing.signs == ["fever_or_chills", "severe_headache"]
    assert session.case.alerts.count() == 2


def test_relief_that_ends_early_is_heard_beside_another_change(session):
    patient = actor(session.case.patient.user)
    on_record.raise_alert(case=session.case, kind="change", signs=["treatment"], by=patient)
    answered(session, "d14", relief=70)
    answered(session, "m1", relief=10)
    assert session.case.alerts.get(kind="change", released_at=None).signs == ["relief_ended_early", "treatment"]
