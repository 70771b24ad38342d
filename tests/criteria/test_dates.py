from datetime import date

import pytest

from clinic.criteria.dates import NoSuchDay, Span, add_months, candidate_days, parse, union_days

D = date.fromisoformat


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-03-09", "2026-03-09", "2026-03-09"),
        ("2026-02", "2026-02-01", "2026-02-28"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026-03-09/2026-03-23", "2026-03-09", "2026-03-23"),
    ],
)
def test_parse_gives_every_day_that_is_meant(text, first, last):
    assert parse(text) == Span(D(first), D(last))


@pytest.mark.parametrize("text", ["2026-02-30", "0000", "2026-03-23/2026-03-09", "2026-13", "2026-06-01\n"])
def test_parse_refuses_what_is_no_day(text):
    with pytest.raises(NoSuchDay):
        parse(text)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        ("2026-02-20", 3, "2026-05-20"),
        ("2025-11-30", 3, "2026-02-28"),
        ("2023-11-30", 3, "2024-02-29"),
        ("2026-06-01", -12, "2025-06-01"),
        ("2024-02-29", -12, "2023-02-28"),
        ("2026-01-31", 1, "2026-02-28"),
        ("0001-01-01", -1, "0001-01-01"),
        ("9999-12-31", 1, "9999-12-31"),
    ],
)
def test_months_are_calendar_months(day, months, then):
    assert add_months(D(day), months) == D(then)


@pytest.mark.parametrize(
    ("courses", "days"),
    [
        ([("2026-05-04", "2026-06-01")], 28),
        ([("2026-04-27", "2026-05-11"), ("2026-05-04", "2026-05-18")], 21),
        ([("2026-05-04", "2026-05-04")], 0),
        ([("2026-05-01", "2026-05-08"), ("2026-05-08", "2026-05-15")], 14),
        ([("2026-05-01", "2026-05-31"), ("2026-05-10", "2026-05-12")], 30),
        ([], 0),
    ],
)
def test_care_is_a_union_of_days(courses, days):
    assert union_days((D(first), D(last)) for first, last in courses) == days


def test_candidate_days_are_the_ends_and_both_sides_of_a_cut():
    days = candidate_days(parse("2026-03"), [D("2026-03-10"), D("2026-05-01")])
    assert [day.day for day in days] == [1, 9, 10, 11, 31]
