"""No candidate drops out of the list: whatever verbs are carried out, in whatever order."""

import contextlib
import uuid
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from clinic.audit.actions import Refused
from clinic.authorization.lifecycle import Kind
from clinic.candidacy.models import Decision, Outcome
from clinic.people.models import User
from clinic.record.actions import raise_alert
from clinic.record.models import Alert
from clinic.treatment.pathway import actions
from clinic.treatment.pathway.listing import Filters, tabs
from clinic.treatment.pathway.models import Pathway
from clinic.treatment.pathway.next_step import WORDS, step
from tests.authorization.scenes import step as payer_says
from tests.factories import actor
from tests.pathway.scenes import TODAY, a_candidate, a_colleague

MOST = max(actions.MOST_AHEAD, actions.MOST_PUT_OFF)  # by then every next day has come
AHEAD = some.integers(-3, 120).map(lambda days: TODAY + timedelta(days=days))
VERBS = some.one_of(
    some.tuples(some.sampled_from(["book", "put_off", "call"]), AHEAD),
    some.tuples(some.sampled_from(["unbook", "give", "carried_out", "reopen", "alert"]), some.none()),
    some.tuples(some.just("end"), some.sampled_from(["declined", "better", "elsewhere", "other"])),
    some.tuples(some.just("payer"), some.sampled_from([kind.value for kind in Kind])),
)


def tried(verb: str, more: object, pathway: Pathway, by: User, colleague: User) -> None:
    """Carry a verb out; what is refused changes nothing."""
    said = {"pathway": pathway, "by": actor(by)}
    once = {"nonce": uuid.uuid4()}
    verbs = {
        "book": lambda: actions.book(**said, **once, day=more, time=None),
        "put_off": lambda: actions.put_off(**said, until=more, words="x"),
        "call": lambda: actions.call(**said, **once, words="x", next_on=more),
        "unbook": lambda: actions.unbook(**said, **once, words="x"),
        "give": lambda: actions.give(**said, to=colleague, words=""),
        "carried_out": lambda: actions.carried_out(**said),
        "reopen": lambda: actions.reopen(**said, words="x"),
        "end": lambda: actions.end(**said, because=more, words="x"),
        "alert": lambda: raise_alert(case=pathway.case, kind=Alert.Kind.CHANGE, signs=["infection"], by=actor(by)),
        "payer": lambda: payer_says(pathway.decision, by, str(more)),
    }
    with contextlib.suppress(Refused):
        verbs[verb]()


def stands_in_the_list(decision: Decision, by: User) -> None:
    pathway = Pathway.objects.with_people().get(decision=decision)
    if pathway.is_open:
        assert pathway.owner.is_active
        assert pathway in tabs(by, Filters())["all"]
        assert pathway.next_on <= TODAY + MOST
        assert WORDS[step(pathway.standing, TODAY)]
    else:
        assert pathway.ended_by
        assert pathway.ended_because


@pytest.fixture
def colleague(doctor) -> User:
    return a_colleague()


@pytest.fixture
def candidate(doctor) -> Pathway:
    return a_candidate(doctor)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(some.lists(VERBS, min_size=1, max_size=8))
def test_whatever_is_done_an_open_way_stands_in_the_list_and_an_ended_one_says_why(doctor, colleague, candidate, verbs):
    with transaction.atomic():
        for verb, more in verbs:
            tried(verb, more, candidate, doctor, colleague)
            stands_in_the_list(candidate.decision, doctor)
        transaction.set_rollback(True)


def test_every_standing_candidate_has_exactly_one_way(doctor):
    a_candidate(doctor)
    a_candidate(doctor)
    candidates = Decision.objects.standing().filter(outcome=Outcome.CANDIDATE)
    assert candidates.count() == Pathway.objects.open().count() == 2
