"""Which step may follow which: the table, the actions and the database say the same."""

from itertools import product

import pytest
from django.db import DatabaseError, transaction

from clinic.authorization.lifecycle import FOR_PATIENT, LABELS, VERBS, Kind, may_follow, pairs
from clinic.authorization.models import Step
from tests.authorization.scenes import TODAY, decided, walked

WAYS = {
    None: (),
    "not_needed": ("not_needed",),
    "asked": ("asked",),
    "approved": ("approved",),
    "refused": ("refused",),
    "appealed": ("refused", "appealed"),
    "overturned": ("refused", "appealed", "overturned"),
    "upheld": ("refused", "appealed", "upheld"),
}
ALLOWED = {
    (None, "not_needed"),
    (None, "asked"),
    (None, "approved"),
    (None, "refused"),
    ("not_needed", "asked"),
    ("asked", "not_needed"),
    ("asked", "approved"),
    ("asked", "refused"),
    ("approved", "asked"),
    ("overturned", "asked"),
    ("refused", "appealed"),
    ("appealed", "overturned"),
    ("appealed", "upheld"),
    ("upheld", "appealed"),
}


@pytest.mark.parametrize(("last", "kind"), list(product(WAYS, list(Kind))))
def test_the_table_says_what_may_follow(last, kind):
    assert (kind in may_follow(last)) is ((last, kind.value) in ALLOWED)


def test_the_database_is_given_the_same_table():
    assert {(last or None, kind) for last, kind in pairs()} == ALLOWED


def test_every_kind_has_its_words():
    assert set(LABELS) == set(FOR_PATIENT) == set(Kind)
    assert {last for last in (None, *Kind) if may_follow(last)} == set(VERBS)


@pytest.mark.parametrize("last", WAYS, ids=str)
def test_the_database_refuses_what_the_table_does_not_have(doctor, last):
    decision = decided(doctor)
    if WAYS[last]:
        walked(decision, doctor, *WAYS[last])
    for kind in Kind:
        written = {"decision": decision, "kind": kind, "on": TODAY, "payer": "Medicare", "reason": "x"}
        taken = True
        try:
            with transaction.atomic():
                Step.objects.create(**written, recorded_by=doctor)
                transaction.set_rollback(True)
        except DatabaseError:
            taken = False
        assert taken is ((last, kind.value) in ALLOWED)


def test_the_database_keeps_a_step_that_a_later_one_rests_on(doctor):
    appealed = walked(decided(doctor), doctor, "refused", "appealed")
    struck = {"struck_at": "2026-06-01T12:00Z", "struck_by": doctor, "struck_because": "Wrong."}
    with pytest.raises(DatabaseError, match="a later step"), transaction.atomic():
        Step.objects.filter(kind="refused").update(**struck)
    assert Step.objects.filter(pk=appealed.pk).update(**struck) == 1


def test_the_database_refuses_to_rewrite_an_answer(doctor):
    walked(decided(doctor), doctor, "approved")
    with pytest.raises(DatabaseError), transaction.atomic():
        Step.objects.update(kind="refused")
    with pytest.raises(DatabaseError), transaction.atomic():
        Step.objects.update(struck_at="2026-06-01T12:00Z")
