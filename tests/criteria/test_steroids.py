"""The sum of injected steroids: a range where not all is known, and never less certain than the record is."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.criteria.dates import add_months
from clinic.criteria.steroids import RECOMMENDED, TABLE, THREE_YEARS, UNKNOWN, YEAR, Amount, equivalent, find, tally

AS_OF = date(2026, 6, 1)


def sums(rows, others=(), months=YEAR):
    total = tally({"injections": list(rows), "other_injections": list(others)}, AS_OF).total(months)
    return (round(float(total.least), 1), None if total.most is None else round(float(total.most), 1))


def one(on, drug="triamcinolone", mg=40):
    return {"on": on, "drug": drug, "dose_mg": mg}


@pytest.mark.parametrize(
    ("drug", "mg", "least", "most"),
    [
        ("methylprednisolone", 40, 40, 40),
        ("triamcinolone", 40, 40, 40),
        ("dexamethasone", 7.5, 40, 40),
        ("dexamethasone", 10, Fraction(160, 3), Fraction(160, 3)),
        ("betamethasone", 6, 32, 40),
        ("hydrocortisone", 100, 20, 20),
        ("prednisolone", 25, 20, 20),
        ("Kenalog-40 (triamcinolone acetonide)", 40, 40, 40),
        ("Depo-Medrol", 80, 80, 80),
        ("Dexametasona", 3, 16, 16),
    ],
)
def test_equivalents_of_methylprednisolone(drug, mg, least, most):
    assert equivalent(drug, mg) == Amount(Fraction(least), Fraction(most))


@pytest.mark.parametrize(
    ("drug", "mg"),
    [(None, 40), ("", 40), ("cortisone shot", 40), ("dexamethasone", None), ("dexamethasone or triamcinolone", 10)],
)
def test_what_is_not_known_is_unknown_and_never_nothing(drug, mg):
    assert equivalent(drug, mg) == UNKNOWN


@pytest.mark.parametrize(
    ("rows", "others", "expected"),
    [
        ([], [], (0, 0)),
        ([one("2026-02-10"), one("2025-11-03", "dexamethasone", 7.5)], [], (80, 80)),
        ([one("2026-02-10")], [one("2026-01-05", "methylprednisolone", 80)], (120, 120)),  # a knee counts too
        ([one("2025-06-02")], [], (40, 40)),  # the day after the same day one year before
        ([one("2025-06-01")], [], (0, 0)),
        ([one("2025-05")], [], (0, 0)),
        ([one("2025-06")], [], (0, 40)),  # some day of June: in the year or on its anniversary
        ([one("2025")], [], (0, 40)),
        ([one("2026")], [], (40, 40)),  # surely this year
        ([one(None)], [], (0, 40)),
        ([one("2026-02-10"), one("2026-03-01", None)], [], (40, None)),
        ([one("2026-02-10"), one("2020", None)], [], (40, 40)),  # what is not known of it cannot matter any more
        ([one("2026-02-10", "betamethasone", 6)], [], (32, 40)),
    ],
)
def test_the_sum_of_a_year(rows, others, expected):
    assert sums(rows, others) == expected


def test_three_years_hold_what_one_year_does_not():
    rows = [one("2024-02-10"), one("2026-02-10")]
    assert (sums(rows), sums(rows, months=THREE_YEARS)) == ((40, 40), (80, 80))
    assert RECOMMENDED == {YEAR: 200, THREE_YEARS: 400}


def test_a_list_that_nobody_asked_about_makes_it_at_least():
    assert tally({"injections": [one("2026-02-10")], "other_injections": None}, AS_OF).total(YEAR) == Amount(40, None)
    assert tally({"injections": None, "other_injections": []}, AS_OF).total(YEAR) == UNKNOWN


def test_what_keeps_the_sum_open_is_named():
    found = tally({"injections": [one("2026-02-10", None), one("2023", None)], "other_injections": []}, AS_OF)
    assert (found.open(YEAR), found.open(THREE_YEARS)) == (("injections[0]",), ("injections[0]", "injections[1]"))


DRUGS = st.sampled_from([*(steroid.name for steroid in TABLE), None, "something"])
DOSES = st.one_of(st.none(), st.integers(0, 160), st.sampled_from([7.5, 3.3]))
DAYS = st.integers(0, 1500).map(lambda days: AS_OF - timedelta(days=days))


@st.composite
def partial_dates(draw):
    """A partial date, and one of the days that it may mean up to the day of service."""
    day = draw(DAYS)
    written = draw(st.sampled_from([day.isoformat(), day.isoformat()[:7], day.isoformat()[:4], None]))
    return written, day


@given(st.lists(st.tuples(partial_dates(), DRUGS, DOSES), max_size=6), st.sampled_from([YEAR, THREE_YEARS]))
def test_the_exact_sum_lies_in_the_range_that_less_exact_dates_give(said, months):
    vague = tally({"injections": [one(date[0], drug, mg) for date, drug, mg in said]}, AS_OF).total(months)
    clear = tally({"injections": [one(date[1].isoformat(), drug, mg) for date, drug, mg in said]}, AS_OF).total(months)
    assert vague.least <= clear.least
    assert vague.most is None or (clear.most is not None and clear.most <= vague.most)


@given(st.lists(st.tuples(DAYS, DRUGS, DOSES), max_size=6), st.tuples(DAYS, DRUGS, DOSES))
def test_one_more_injection_never_makes_the_sum_less(said, more):
    before, after = (
        tally({"injections": [one(day.isoformat(), drug, mg) for day, drug, mg in rows]}, AS_OF).total(YEAR)
        for rows in (said, [*said, more])
    )
    assert before.least <= after.least
    assert after.most is None or (before.most is not None and before.most <= after.most)


@given(st.lists(st.tuples(DAYS, DRUGS, DOSES), max_size=6))
def test_the_sum_is_that_of_the_days_inside(said):
    known = [(day, drug, mg) for day, drug, mg in said if find(drug) and mg is not None]
    inside = [equivalent(drug, mg) for day, drug, mg in known if day > add_months(AS_OF, -YEAR)]
    rows = [one(day.isoformat(), drug, mg) for day, drug, mg in known]
    assert tally({"injections": rows}, AS_OF).total(YEAR) == sum(inside, Amount(Fraction(0), Fraction(0)))


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("DepoMedrol", "methylprednisolone"),
        ("depo medrol 80", "methylprednisolone"),
        ("methyl prednisolone", "methylprednisolone"),
        ("Methyl\u2011Prednisolone acetate", "methylprednisolone"),
        ("triamcinolone-acetonide", "triamcinolone"),
        ("dexamethasone-sodium phosphate", "dexamethasone"),
        ("SoluCortef", "hydrocortisone"),
    ],
)
def test_a_name_is_the_same_with_a_hyphen_with_a_space_and_in_one_word(written, name):
    steroid = find(written)
    assert steroid is not None
    assert steroid.name == name
