"""What stands against an injection on a day, and the reason with which a doctor goes on all the same."""

import uuid
from datetime import date

import pytest

from clinic.audit.actions import Refused
from clinic.audit.models import Event
from clinic.people.models import Role
from clinic.policies.actions.plans import map_plan
from clinic.repeats.actions import give_reason
from clinic.repeats.models import EarlyReason
from clinic.repeats.reading import held_back
from tests.candidacy.scenes import a_known_case
from tests.criteria.documents import session
from tests.factories import a_user, actor

LATE_MAY = [session("2026-05-25")]
TOO_EARLY, FIRST = date(2026, 6, 5), date(2026, 6, 8)  # 14 days after 25 May is 8 June


@pytest.fixture
def held(doctor):
    """A case of a plan that goes by a set with an interval of 14 days, and with 2 weeks of relief after the last."""
    map_plan(payer="Test Plan", plan_name="", key="evicore-cmm-200", by=actor(a_user(Role.ADMINISTRATOR)))
    return a_known_case({"injections": [LATE_MAY[0] | {"relief_lasting": True}]}, payer="Test Plan")


def reason(case, doctor, **changed):
    said = {"day": TOO_EARLY, "reason": "Sudden new weakness of the foot.", "nonce": uuid.uuid4()} | changed
    return give_reason(case=case, by=actor(doctor), **said)


def test_an_early_day_is_held_back_by_the_clauses_that_stand_against_it(held):
    found = held_back(held, TOO_EARLY)
    assert [each.key for each in found.clauses] == ["repeat", "interval"]
    assert "11 days since the injection of 25 May 2026" in found.clauses[1].sentence
    assert (found.first_day, found.until, found.policy) == (FIRST, None, "evicore-cmm-200@EV-A")


def test_nothing_stands_against_the_first_day(held):
    assert held_back(held, FIRST) is None


def test_a_first_day_that_may_be_sooner_says_so(doctor):
    case = a_known_case({"injections": LATE_MAY}, payer="Blue Cross Blue Shield of South Carolina")
    found = held_back(case, FIRST)
    assert (found.policy, found.first_day, found.at_the_latest) == ("cam-136@undated", date(2028, 5, 26), True)
    assert found.missing == ("whether there is new pathology",)


def test_what_is_dated_after_a_day_that_has_passed_does_not_stand_against_it(held):
    assert held_back(held, date(2026, 5, 11)) is None  # before the one of 25 May, as for one that is recorded late


def test_a_record_that_cannot_be_holds_every_day_back(doctor, held):
    backwards = LATE_MAY[0] | {"relief_until": "2026-05-01"}
    found = held_back(a_known_case({"injections": [backwards]}, payer="Test Plan"), FIRST)
    assert [each.sentence for each in found.clauses] == [
        "Some entries of the record cannot be, so nothing was weighed."
    ]
    assert found.first_day is None


def test_without_a_set_nothing_is_held_back(doctor):
    assert held_back(a_known_case({"injections": LATE_MAY}, payer="Nobody Knows"), TOO_EARLY) is None


def test_a_day_that_cannot_be_told_names_the_missing_fact(doctor, held):
    unsaid = {name: value for name, value in LATE_MAY[0].items() if name != "patient_relief_percent"}
    found = held_back(a_known_case({"injections": [unsaid]}, payer="Test Plan"), date(2026, 7, 1))
    assert found.first_day is None
    assert found.missing == (
        "the relief from the injection of 25 May 2026",
        "how long the relief from the injection of 25 May 2026 lasted",
    )


def test_a_reason_holds_for_its_day_and_its_clauses_alone(held, doctor):
    given = reason(held, doctor)
    assert held_back(held, TOO_EARLY) is None
    assert held_back(held, date(2026, 6, 4)) is not None
    assert (given.clauses, given.first_day) == (["repeat", "interval"], FIRST)
    assert Event.objects.filter(verb="repeat.planned_early").get().patient_ids == [held.patient_id]


def test_a_reason_sent_twice_is_kept_once(held, doctor):
    once = uuid.uuid4()
    assert reason(held, doctor, nonce=once) == reason(held, doctor, nonce=once)
    assert EarlyReason.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "words"),
    [({"reason": "  "}, "Write the clinical reason"), ({"day": FIRST}, "Nothing stands against that day")],
)
def test_what_is_no_reason_is_refused(held, doctor, changed, words):
    with pytest.raises(Refused, match=words):
        reason(held, doctor, **changed)
    assert not EarlyReason.objects.exists()


def test_only_a_doctor_gives_the_reason(held):
    with pytest.raises(Refused, match="Only a doctor"):
        reason(held, a_user(Role.COORDINATOR))
