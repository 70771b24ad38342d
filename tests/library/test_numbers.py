"""The numbers of a text, in either language's way of writing them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from education.library.numbers import numbers, said_in_one_only

COUNTS = st.lists(st.integers(0, 9_999_999), max_size=8)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1 in 200 people", ["1", "200"]),
        ("2.5 %, or 2,5 %", ["2.5", "2.5"]),
        ("1,200 and 1\u00a0200 and 1\u202f200", ["1200", "1200", "1200"]),
        ("on page 1 200 people", ["1", "200"]),
        ("32 to 74 of 100", ["100", "32", "74"]),
        ('<p id="term-7">Up to <b>3</b> months</p>', ["3"]),
        ("two or three", []),
        ("", []),
    ],
)
def test_numbers_are_found_in_one_form(text, found):
    assert sorted(numbers(text).elements()) == found


def test_what_only_one_language_says_is_told():
    assert said_in_one_only("5 days, up to 10", "5 días, hasta 14") == (["10"], ["14"])
    assert said_in_one_only("24 of 100", "24 de cada 100") == ([], [])
    assert said_in_one_only("3, 3", "3") == (["3"], [])


@given(COUNTS)
def test_english_and_spanish_thousands_are_the_same_number(counts):
    english = "; ".join(f"{count:,} people" for count in counts)
    spanish = "; ".join(f"{count:,}".replace(",", "\u00a0") + " personas" for count in counts)
    assert said_in_one_only(english, spanish) == ([], [])
