"""What comes next follows from the payer and the booking alone, and the lists say the same as the pages."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as some

from clinic.authorization.lifecycle import Kind
from clinic.treatment.pathway.listing import STANDS_AT
from clinic.treatment.pathway.models import Pathway
from clinic.treatment.pathway.next_step import PLACES, WORDS, Place, Standing, Step, look_again, place, step
from tests.authorization.test_lifecycle import WAYS
from tests.pathway.scenes import TODAY, a_candidate, book

SOON, PAST = TODAY + timedelta(days=14), TODAY - timedelta(days=1)
DAYS = some.none() | some.dates(TODAY - timedelta(days=400), TODAY + timedelta(days=400))
STANDINGS = some.builds(
    Standing,
    payer=some.none() | some.sampled_from(Kind),
    last_day=DAYS,
    booked_on=DAYS,
    open_holds=some.integers(0, 3),
    in_question=some.booleans(),
)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (Standing(), Step.ASK),
        (Standing(Kind.ASKED), Step.WAIT),
        (Standing(Kind.REFUSED), Step.REFUSED),
        (Standing(Kind.APPEALED), Step.WAIT),
        (Standing(Kind.UPHELD), Step.REFUSED),
        (Standing(Kind.NOT_NEEDED), Step.FIND_DAY),
        (Standing(Kind.APPROVED), Step.FIND_DAY),
        (Standing(Kind.OVERTURNED, booked_on=SOON), Step.SESSION),
        (Standing(Kind.APPROVED, last_day=SOON, booked_on=SOON), Step.SESSION),
        (Standing(Kind.APPROVED, last_day=SOON - timedelta(days=1), booked_on=SOON), Step.RENEW),
        (Standing(Kind.APPROVED, last_day=PAST), Step.RENEW),
        (Standing(Kind.APPROVED, booked_on=SOON, open_holds=1), Step.HOLDS),
        (Standing(Kind.APPROVED, booked_on=PAST), Step.MISSED),
        (Standing(Kind.ASKED, booked_on=PAST), Step.MISSED),
        (Standing(Kind.APPROVED, booked_on=SOON, in_question=True), Step.REVIEW),
    ],
)
def test_what_comes_next(at, expected):
    assert step(at, TODAY) == expected


@given(STANDINGS)
def test_there_is_always_a_next_step_in_words_and_a_day_for_it(at):
    assert WORDS[step(at, TODAY)]
    assert look_again(at, TODAY) >= TODAY


@given(STANDINGS)
def test_nobody_is_looked_at_only_after_the_session(at):
    if at.booked_on and at.booked_on >= TODAY:
        assert look_again(at, TODAY) <= at.booked_on


def test_a_week_before_the_session_somebody_settles_what_is_held():
    at = Standing(Kind.NOT_NEEDED, booked_on=SOON, open_holds=2)
    assert look_again(at, TODAY) == SOON - timedelta(days=7)


@pytest.mark.parametrize(("payer", "booked"), list(product(WAYS, [False, True])), ids=str)
def test_a_list_holds_who_stands_there_and_no_other(doctor, payer, booked):
    pathway = a_candidate(doctor, *WAYS[payer])
    if booked:
        book(pathway, doctor, date(2026, 6, 15))
    here = [key for key in Place if Pathway.objects.with_payer().filter(STANDS_AT[key]).exists()]
    assert here == [place(Kind(payer) if payer else None, SOON if booked else None)]
    assert set(PLACES) == set(Place)
