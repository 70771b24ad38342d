"""Check-ins go out once, at their hour, to who wants them; and whatever kills a worker loses and repeats none."""

import re
import uuid
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from clinic.audit import clock
from clinic.audit.clock import now
from clinic.people.models import Patient
from clinic.post import actions as post
from clinic.post.models import Message
from clinic.post.models import State as Fate
from clinic.record import actions as on_record
from clinic.record.models import Case, Stage
from clinic.treatment.checkins import due, plan
from clinic.treatment.checkins.actions import asking
from clinic.treatment.checkins.actions.asking import ask_due, remind_due
from clinic.treatment.checkins.actions.planning import set_plan
from clinic.treatment.checkins.actions.stopping import stop
from clinic.treatment.checkins.models import CheckIn, Mail
from clinic.treatment.checkins.plan import Moment
from clinic.treatment.checkins.reading import in_relief
from clinic.treatment.checkins.tasks import ask
from clinic.treatment.procedure.models import Session
from tests.factories import a_user, actor
from tests.post.worker import run_once

from .scenes import GIVEN, a_check_in, a_coordinator, a_decided_case, a_session, after, answered

pytestmark = pytest.mark.django_db
EVENING = 7  # hours after eleven in the morning


@pytest.fixture
def session(db):
    return a_session()


def asked_at(*moments) -> list[int]:
    """How many were asked at each moment."""
    counts = []
    for moment in moments:
        with clock.at(moment):
            counts.append(ask_due())
    return counts


def reminded_at(*moments) -> list[int]:
    counts = []
    for moment in moments:
        with clock.at(moment):
            counts.append(remind_due())
    return counts


def sent() -> None:
    """The outbox is carried out: what waited has left."""
    run_once()


def test_a_year_of_check_ins_is_ten_each_once(session):
    days = [moment.due_on(GIVEN) for moment in due.moments()]
    for number in ((day - GIVEN).days for day in days):
        asked_at(after(number), after(number, EVENING), after(number + 1, EVENING))
    assert [each.due_on for each in session.check_ins.all()] == days
    assert [each.mails.count() for each in session.check_ins.all()] == [1] * 10


def test_the_evening_is_asked_in_the_evening_and_the_other_days_in_the_morning(session):
    assert asked_at(after(0), after(0, EVENING - 1), after(0, EVENING), after(0, EVENING + 1)) == [0, 0, 1, 0]
    assert asked_at(after(1, -4), after(1, -3), after(1)) == [0, 1, 0]  # seven, then eight in the morning
    assert [each.moment for each in session.check_ins.all()] == ["d0", "d1"]


def test_nobody_is_written_to_at_night(session):
    assert asked_at(after(0, 14), after(1, -4)) == [0, 0]  # one at night, seven in the morning


def test_after_a_weekend_without_a_worker_only_the_latest_is_asked(session):
    assert asked_at(after(3, 1), after(3, 2)) == [1, 0]
    assert session.check_ins.get().moment == "d3"


def test_what_is_long_past_is_not_asked_any_more(session):
    assert asked_at(after(11)) == [0]  # the seventh day, four days late
    assert asked_at(after(21)) == [1]  # the day that decides, a week late
    assert session.check_ins.get().moment == "d14"


def test_days_and_hours_are_those_of_the_location(session):
    session.location.time_zone = "Pacific/Honolulu"
    session.location.save()
    assert asked_at(after(1)) == [0]  # five in the morning there
    assert asked_at(after(1, 3)) == [1]


def test_a_clock_that_goes_back_asks_nothing_twice(session):
    assert asked_at(after(14), after(3), after(7), after(14), after(15)) == [1, 0, 0, 0, 0]


def test_who_stopped_withdrew_or_had_another_session_is_not_asked(session):
    with clock.at(after(0)):
        stop(patient=session.case.patient, by=actor(session.case.patient.user))
    assert asked_at(after(1)) == [0]
    other = a_session(a_decided_case(email="birch@example.org"))
    with clock.at(after(0)):
        on_record.move_case(case=other.case, to=Stage.WITHDRAWN, by=actor(other.performed_by))
    assert asked_at(after(1)) == [0]
    third = a_session(a_decided_case(email="cedar@example.org"))
    a_session(third.case, on=GIVEN + timedelta(days=13))
    assert asked_at(after(14)) == [1]  # the day after the second, and no two weeks after the first
    assert CheckIn.objects.get().due_on == GIVEN + timedelta(days=14)


def test_the_clinic_s_own_days_count_for_what_was_not_asked_yet(session):
    asked_at(after(1))
    with clock.at(after(2)):
        set_plan(moments=[Moment(days=10, long=True)], seen=None, by=actor(a_user("administrator")))
    assert asked_at(after(3), after(7), after(10)) == [0, 0, 1]
    assert session.check_ins.last().long


def test_who_has_no_address_is_called():
    session = a_session(a_decided_case(email=""))
    Patient.objects.filter(pk=session.case.patient_id).update(user=None)
    assert asked_at(after(1)) == [1]
    assert not Mail.objects.exists()
    with clock.at(after(1, 1)):
        assert [each.session for each in due.to_call()] == [session]


def test_mail_that_came_back_is_a_call_and_no_more_mail(session):
    asked_at(after(1))
    with clock.at(after(1, 1)):
        sent()
        message = Mail.objects.get().message
        message.refresh_from_db()
        post.bounce(message=message, by=actor(a_coordinator()))
        assert due.to_call().exists()
    assert reminded_at(after(2)) == [0]
    assert asked_at(after(3)) == [1]
    assert Mail.objects.count() == 1


def asked_and_sent(moment) -> None:
    with clock.at(moment):
        ask_due()
        sent()


def test_one_reminder_the_day_after_a_short_day_and_three_days_after_a_long_one(session):
    asked_and_sent(after(7))
    assert reminded_at(after(7, 3), after(8), after(8, 1), after(9)) == [0, 1, 0, 0]
    asked_and_sent(after(14))
    assert reminded_at(after(16), after(17), after(18)) == [0, 1, 0]
    assert [each.number for each in session.check_ins.last().mails.all()] == [1, 2]


def test_who_answered_or_stopped_is_not_reminded(session):
    asked_and_sent(after(7))
    answered(session, "d7", pain=3)
    assert reminded_at(after(8)) == [0]
    asked_and_sent(after(14))
    with clock.at(after(15)):
        stop(patient=session.case.patient, by=actor(session.case.patient.user))
    assert reminded_at(after(17)) == [0]


def test_a_day_that_decides_is_called_about_after_its_reminder(session):
    asked_and_sent(after(14))
    reminded_at(after(17))
    for days, called in ((17, 0), (18, 1), (28, 1), (29, 0)):
        with clock.at(after(days, 1)):
            assert due.to_call().count() == called


def test_a_short_day_without_an_answer_is_nobody_s_work(session):
    asked_and_sent(after(7))
    reminded_at(after(8))
    with clock.at(after(10)):
        assert not due.to_call().exists()


def test_no_mail_says_what_it_is_about(session):
    asked_and_sent(after(14))
    reminded_at(after(17))
    said = " ".join(f"{each.subject} {each.body}" for each in Message.objects.filter(kind__startswith="check_in"))
    for telling in ("pain", "spine", "injection", "alder", "Alder", "session", "relief"):
        assert telling not in said.replace("Test Spine Clinic", "")


def test_the_mail_is_in_the_patient_s_language():
    session = a_session(a_decided_case(language="es"))
    asked_at(after(1))
    assert session.check_ins.get().mails.get().message.language == "es"


class Killed(BaseException):
    """A worker that is killed says nothing more."""


def killed(*_args, **_words):
    raise Killed


def test_killed_while_it_is_written_a_check_in_is_asked_later_and_once(session, monkeypatch):
    monkeypatch.setattr(asking, "record", killed)
    with pytest.raises(Killed):
        asked_at(after(1))
    assert not CheckIn.objects.exists()
    assert not Message.objects.filter(kind="check_in").exists()
    monkeypatch.undo()
    assert asked_at(after(1), after(1)) == [1, 0]


@pytest.mark.parametrize("after_it_left", [True, False])
def test_a_mail_whose_fate_nobody_knows_is_never_repeated(session, monkeypatch, after_it_left):
    run_once()
    asked_at(after(1))
    really = post._transmit

    def dies(message):
        if after_it_left:
            really(message)
        raise Killed

    monkeypatch.setattr(post, "_transmit", dies)
    with pytest.raises(Killed):
        run_once()
    monkeypatch.undo()
    Message.objects.filter(state=Fate.SENDING).update(state_at=now() - post.STALE - timedelta(minutes=1))
    post.sweep()
    run_once()
    assert Mail.objects.get().message.state == Fate.UNKNOWN
    assert sum("how are you doing" in each.subject for each in mail.outbox) == int(after_it_left)


def test_one_that_cannot_be_written_keeps_none_of_the_others_waiting(session, monkeypatch):
    a_session(a_decided_case(email="birch@example.org"))
    really = asking.send_template

    def fails_for_one(**words):
        if words["to"] == "birch@example.org":
            raise ValueError
        return really(**words)

    monkeypatch.setattr(asking, "send_template", fails_for_one)
    Patient.objects.update(user=None)
    assert asked_at(after(1)) == [1]
    assert session.check_ins.count() == 1


def test_the_database_itself_refuses_a_second_row(session):
    first = a_check_in(session, "d7")
    with pytest.raises(DatabaseError), transaction.atomic():
        CheckIn.objects.create(session=session, moment="d7", long=False, recall="week", due_on=date(2026, 7, 1))
    assert session.check_ins.get() == first


def test_asking_costs_the_same_with_many_that_are_not_due(session, django_assert_max_num_queries):
    for number in range(5):
        a_session(a_decided_case(email=f"alder{number}@example.org"))
    asked_at(after(1))
    with clock.at(after(1, 1)), django_assert_max_num_queries(8):
        ask(timestamp=0)


def test_a_limit_leaves_the_rest_for_the_next_minute():
    for number in range(3):
        a_session(a_decided_case(email=f"alder{number}@example.org"))
    with clock.at(after(1)):
        assert [ask_due(limit=2) for _ in range(3)] == [2, 1, 0]


def many_sessions(like: Session, number: int) -> None:
    """As many sessions of other patients on the same day, as rows: their recording is not what is measured."""
    patient = like.case.patient
    fields = {"home_location": patient.home_location, "birth_date": patient.birth_date}
    people = [Patient(given_name="Test", email=f"alder{each}@example.org", **fields) for each in range(number)]
    of = {"location": like.location, "stage": like.case.stage}
    cases = Case.objects.bulk_create([Case(patient=each, **of) for each in Patient.objects.bulk_create(people)])
    same = {field.attname: getattr(like, field.attname) for field in Session._meta.concrete_fields}
    own = ("id", "key", "nonce", "case_id", "recorded_at")
    shared = {name: value for name, value in same.items() if name not in own}
    Session.objects.bulk_create([Session(nonce=uuid.uuid4(), case=case, **shared) for case in cases])


def test_a_hundred_in_one_minute_are_a_hundred_mails_once_each(session):
    many_sessions(session, 99)
    with clock.at(after(14)), CaptureQueriesContext(connection) as asked:
        ask(timestamp=0)
        ask(timestamp=0)
    assert CheckIn.objects.count() == Mail.objects.count() == Message.objects.filter(kind="check_in").count() == 100
    assert Message.objects.filter(kind="check_in").values("to").distinct().count() == 100
    assert len(asked) < 100 * 15


def compared_in_vain(rows: QuerySet[Any]) -> int:
    """How many pairs of rows the database compared one by one; it knows nothing of tables filled in a transaction."""
    plan = rows.explain(analyze=True)
    return sum(int(number) for number in re.findall(r"Rows Removed by Join Filter: (\d+)", plan))


def test_a_thousand_sessions_without_statistics_are_not_compared_with_each_other(session):
    many_sessions(session, 999)
    with clock.at(after(14)):
        CheckIn.objects.bulk_create(
            CheckIn(session=each, moment="d7", long=False, recall="week", due_on=GIVEN + timedelta(days=7))
            for each in Session.objects.all()
        )
        here = now().astimezone(ZoneInfo(session.location.time_zone))
        todays = plan.due_now(due.moments(), here.date(), here.hour)
        asked = {"due": due.unasked(todays), "remind": due.unanswered(here), "call": due.to_call(), "well": in_relief()}
        assert [rows.count() for rows in asked.values()] == [1000, 0, 1000, 0]
        assert {name: compared_in_vain(rows) // 1000 for name, rows in asked.items()} == dict.fromkeys(asked, 0)
