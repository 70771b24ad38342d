"""The dates that people type, and what they come to mean."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.criteria.dates import parse
from clinic.intake.questions import dates
from clinic.intake.questions.dates import Unreadable, contract, from_parts, read, read_day
from clinic.intake.questions.words import day_in_words

TODAY = date(2026, 11, 22)
days = st.dates(date(1900, 1, 1), TODAY)


@pytest.mark.parametrize(
    ("typed", "language", "means"),
    [
        ("2 March 2026", "en", "2026-03-02"),
        ("March 2, 2026", "en", "2026-03-02"),
        ("Mar 2nd 2026", "en", "2026-03-02"),
        ("3/2/2026", "en", "2026-03-02"),
        ("3-2-26", "en", "2026-03-02"),
        ("25/3/2026", "en", "2026-03-25"),
        ("2026-03-02", "en", "2026-03-02"),
        ("2026 march 2", "en", "2026-03-02"),
        ("2/3/2026", "es", "2026-03-02"),
        ("3/25/2026", "es", "2026-03-25"),
        ("2 de marzo de 2026", "es", "2026-03-02"),
        ("1º de enero del 2026", "es", "2026-01-01"),
        ("5 ago 2026", "es", "2026-08-05"),
        ("2 de marzo de 2026", "en", "2026-03-02"),
        ("March 2026", "en", "2026-03"),
        ("3/2026", "en", "2026-03"),
        ("septiembre 2025", "es", "2025-09"),
        ("setiembre de 2025", "es", "2025-09"),
        ("2024", "en", "2024"),
        ("today", "en", "2026-11-22"),
        ("ayer", "es", "2026-11-21"),
        ("about 10 weeks ago", "en", "2026-09-06/2026-09-20"),
        ("hace unas 10 semanas", "es", "2026-09-06/2026-09-20"),
        ("3 months", "en", "2026-07-22/2026-09-22"),
        ("hace 1 mes", "es", "2026-09-22/2026-11-22"),
    ],
)
def test_typed_day_is_read(typed, language, means):
    assert contract(read(typed, TODAY, language)) == means


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("31 February 2026", dates.NO_SUCH_DAY),
        ("31 de febrero de 2026", dates.NO_SUCH_DAY),
        ("29/2/2026", dates.NO_SUCH_DAY),
        ("13/13/2026", dates.NO_SUCH_DAY),
        ("0/5/2026", dates.NO_SUCH_DAY),
        ("13/2026", dates.NO_SUCH_DAY),
        ("2 March 0206", dates.TOO_EARLY),
        ("0206", dates.TOO_EARLY),
        ("2 March 206", dates.FOUR_DIGITS),
        ("2 March 20266", dates.FOUR_DIGITS),
        ("", dates.NO_DAY),
        ("   ", dates.NO_DAY),
        ("last summer", dates.NOT_UNDERSTOOD),
        ("March", dates.NOT_UNDERSTOOD),
        ("2 March April 2026", dates.NOT_UNDERSTOOD),
        ("🎂", dates.NOT_UNDERSTOOD),
        ("٢ مارس", dates.NOT_UNDERSTOOD),
        ("2\x00 March 2026 🎂", dates.NOT_UNDERSTOOD),
        ("9" * 100_000, dates.NOT_UNDERSTOOD),
        ("99999 weeks ago", dates.TOO_EARLY),
        ("9000 weeks ago", dates.TOO_EARLY),
    ],
)
def test_what_names_no_day_is_refused_in_plain_words(typed, why):
    with pytest.raises(Unreadable) as refused:
        read(typed, TODAY, "en")
    assert str(refused.value) == why


@pytest.mark.parametrize(
    ("parts", "means"),
    [
        ({"how": "day", "day": "2 March 2026"}, "2026-03-02"),
        ({"how": "month", "month": "3", "month_year": "2026"}, "2026-03"),
        ({"how": "year", "year": "2024"}, "2024"),
        ({"how": "weeks", "weeks": "10"}, "2026-09-06/2026-09-20"),
        ({"how": "weeks", "weeks": "about 2 months"}, "2026-08-22/2026-10-22"),
        ({"how": "weeks", "weeks": "0"}, "2026-11-15/2026-11-22"),
        ({"how": "dk", "day": "2 March 2026"}, "dk"),
        ({"how": "going"}, "going"),
        ({"year": "2024"}, "2024"),
        ({"how": "month", "month": "11", "month_year": "2026"}, "2026-11"),
    ],
)
def test_parts_of_the_date_question(parts, means):
    assert contract(from_parts(parts, TODAY, "en")) == means


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ({}, dates.NOT_CHOSEN),
        ({"day": "2 March 2026", "year": "2024"}, dates.NOT_CHOSEN),
        ({"how": "day"}, dates.NO_DAY),
        ({"how": "month", "month": "3"}, dates.NO_MONTH),
        ({"how": "month", "month": "x", "month_year": "2026"}, dates.NO_MONTH),
        ({"how": "year", "year": ""}, dates.NO_YEAR),
        ({"how": "year", "year": "0206"}, dates.TOO_EARLY),
        ({"how": "weeks", "weeks": "a few"}, dates.NO_WEEKS),
        ({"how": "day", "day": "23 November 2026"}, dates.IN_THE_FUTURE),
        ({"how": "month", "month": "12", "month_year": "2026"}, dates.IN_THE_FUTURE),
        ({"how": "year", "year": "2027"}, dates.IN_THE_FUTURE),
    ],
)
def test_parts_that_say_nothing_are_refused(parts, why):
    with pytest.raises(Unreadable) as refused:
        from_parts(parts, TODAY, "en")
    assert str(refused.value) == why


def test_a_birth_date_is_whole_and_has_all_its_digits():
    assert read_day("9 March 1974", TODAY, "en", whole_year=True) == "1974-03-09"
    for typed, why in [
        ("3/9/74", dates.FOUR_DIGITS),
        ("March 1974", dates.WHOLE_DAY),
        ("2 May 2027", dates.IN_THE_FUTURE),
    ]:
        with pytest.raises(Unreadable) as refused:
            read_day(typed, TODAY, "en", whole_year=True)
        assert str(refused.value) == why


@given(days, st.sampled_from(["en", "es"]))
def test_what_we_write_we_read(day, language):
    words = day_in_words(day.isoformat(), str, language)
    assert read(words, TODAY, language) == day.isoformat()


@given(st.integers(0, 2000), days)
def test_about_weeks_lie_around_the_day_and_never_after_the_telling(count, on):
    span = parse(contract({"about": count, "unit": "weeks", "on": on.isoformat()}))
    assert span.first == on - timedelta(weeks=count + 1)
    assert span.last == min(on, on - timedelta(weeks=count - 1))


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_in_words(typed):
    try:
        span = dates.span(read(typed, TODAY, "en"))
    except Unreadable:
        return
    assert span.first.year >= 1899


def test_about_ten_weeks_said_again_is_what_was_said_first():
    first = {"about": 10, "unit": "weeks", "on": "2026-11-01"}
    assert dates.same_words(first, {"about": 10, "unit": "weeks", "on": "2026-11-22"})
    assert not dates.same_words(first, {"about": 11, "unit": "weeks", "on": "2026-11-22"})
    assert not dates.same_words(first, "2026-11-01")
