"""The two tables: every state can be reached and left, every open one stands in one list, nothing is a dead end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.loop.lifecycle import (
    BEGINS,
    BY_PRACTICE,
    FINAL,
    LISTS,
    NEXT,
    ONLY_STAFF,
    WORDS,
    Direction,
    State,
    Turn,
    Worklist,
    may_follow,
    needs_reason,
    turn,
    worklist,
)

OPEN = [(way, state) for way in Direction for state, after in NEXT[way].items() if after]


def reached(way: Direction, begins: State) -> set[State]:
    found, edge = {begins}, {begins}
    while edge:
        edge = {after for state in edge for after in NEXT[way][state]} - found
        found |= edge
    return found


@pytest.mark.parametrize("way", Direction)
def test_every_state_is_reached_from_the_beginning(way):
    assert reached(way, BEGINS[way]) == set(NEXT[way])


@pytest.mark.parametrize(("way", "state"), OPEN)
def test_from_every_open_state_the_loop_can_be_closed_and_cancelled(way, state):
    assert {State.CLOSED, State.CANCELLED} <= reached(way, state)
    assert may_follow(way, state, State.CANCELLED)


@pytest.mark.parametrize("way", Direction)
def test_nothing_follows_an_end(way):
    assert all(NEXT[way][end] == frozenset() for end in FINAL)


def test_each_open_state_has_one_list_and_each_list_has_a_state():
    assert set(LISTS) == set(OPEN)
    assert {*LISTS.values(), Worklist.CALL_NOW} == set(Worklist)


@pytest.mark.parametrize(("way", "state"), OPEN)
@pytest.mark.parametrize("call_now", [True, False])
def test_an_open_referral_is_in_a_list(way, state, call_now):
    assert worklist(way, state, call_now) is not None


@pytest.mark.parametrize("way", Direction)
def test_every_state_has_words(way):
    assert set(WORDS[way]) == set(NEXT[way])


def test_delivered_is_not_accepted():
    assert State.ACCEPTED not in {State.SENT, State.RECEIVED}
    assert may_follow("outgoing", "received", "accepted")
    assert not may_follow("outgoing", "received", "closed")


@given(st.lists(st.sampled_from(list(State)), max_size=14))
def test_an_outgoing_one_is_closed_without_a_reason_only_after_a_report_was_read_and_the_patient_told(path):
    state, walked = State.DRAFT, [State.DRAFT]
    for after in path:
        if may_follow("outgoing", state, after) and not needs_reason("outgoing", state, after):
            state = after
            walked.append(after)
    if state == State.CLOSED:
        assert {State.REPORT_RECEIVED, State.READ, State.PATIENT_TOLD} <= set(walked)


def test_an_incoming_one_is_closed_by_its_answer_alone():
    assert [state for state, after in NEXT[Direction.INCOMING].items() if State.CLOSED in after] == [State.ANSWER_SENT]


def test_the_patient_s_and_the_referrer_s_turns():
    assert turn("incoming", "needs_information") == Turn.REFERRER
    assert turn("incoming", "invited") == Turn.PATIENT
    assert turn("outgoing", "needs_information") == Turn.OURS


def test_a_practice_says_nothing_by_its_link_that_only_we_can_know():
    assert not BY_PRACTICE & ONLY_STAFF
