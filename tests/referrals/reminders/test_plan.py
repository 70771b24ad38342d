"""The table of reminders: which day calls for which, and never for one out of its time."""

from datetime import date, timedelta

import pytest

from referrals.loop.lifecycle import NEXT, Direction, State
from referrals.reminders.plan import PLAN, WORDS, Kind, Rule, rule_for

MONDAY = date(2026, 11, 2)
RULES = {(rule.kind, rule.place): rule for rule in PLAN}


def sent_on(kind: Kind, place: int = 0, begins: date = MONDAY) -> tuple[date, date]:
    return RULES[kind, place].days(begins)


def test_each_reminder_has_its_day():
    assert sent_on(Kind.QUESTIONS_WAIT)[0] == date(2026, 11, 5)
    assert sent_on(Kind.QUESTIONS_WAIT, 1)[0] == date(2026, 11, 9)
    assert sent_on(Kind.DID_THEY_CALL)[0] == date(2026, 11, 9)  # five working days
    assert sent_on(Kind.VISIT_MISSED, begins=date(2026, 11, 6))[0] == date(2026, 11, 9)  # Friday, then Monday
    assert sent_on(Kind.ANSWER_US)[0] == date(2026, 11, 5)
    assert sent_on(Kind.VISIT_SOON) == (date(2026, 10, 31), date(2026, 11, 1))  # never on the day itself


def test_the_days_of_one_kind_after_one_step_do_not_meet():
    first, second = sent_on(Kind.QUESTIONS_WAIT), sent_on(Kind.QUESTIONS_WAIT, 1)
    assert first[1] < second[0]


@pytest.mark.parametrize("rule", PLAN, ids=lambda rule: f"{rule.kind} {rule.place}")
def test_asked_from_the_day_it_finds_the_same_beginnings_as_asked_from_the_beginning(rule: Rule):
    for ahead in range(21):
        day = MONDAY + timedelta(days=ahead)
        found = rule.beginnings(day)
        around = [day + timedelta(days=back) for back in range(-40, 10)]
        fitting = [begins for begins in around if rule.days(begins)[0] <= day <= rule.days(begins)[1]]
        assert found == ((fitting[0], fitting[-1]) if fitting else None)
        assert fitting == [each for each in around if found and found[0] <= each <= found[1]]


def test_the_plan_speaks_of_open_states_alone_and_has_words_for_each_kind():
    assert all(NEXT[rule.direction][state] for rule in PLAN for state in rule.states)
    assert set(WORDS) == set(Kind) == {rule.kind for rule in PLAN}


def test_by_hand_the_next_of_its_kind_is_sent():
    assert rule_for(Direction.INCOMING, State.INVITED) == RULES[Kind.QUESTIONS_WAIT, 0]
    assert rule_for(Direction.INCOMING, State.INVITED, {0}) == RULES[Kind.QUESTIONS_WAIT, 1]
    assert rule_for(Direction.INCOMING, State.INVITED, {0, 1}) is None
    assert rule_for(Direction.OUTGOING, State.DRAFT) is None
