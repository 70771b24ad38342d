"""The NPI's check digit, held against CMS's own example and against what Luhn's formula promises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.directory.npi import check_digit, fault, written

WIDE = "".join(chr(0xFF10 + digit) for digit in range(1, 10))  # digits of another width
NINE = st.from_regex(r"\A[12][0-9]{8}\Z")


@pytest.mark.parametrize(
    ("first_nine", "digit"),
    [("123456789", "3"), ("199399999", "8"), ("155859879", "7"), ("200000001", "0"), ("299999999", "0")],
)
def test_check_digit_of_published_examples(first_nine, digit):
    assert check_digit(first_nine) == digit


@pytest.mark.parametrize("first_nine", ["", "12345678", "1234567890", "12345678x", WIDE])
def test_check_digit_of_anything_but_nine_digits_is_refused(first_nine):
    with pytest.raises(ValueError, match="nine digits"):
        check_digit(first_nine)


@pytest.mark.parametrize(
    ("npi", "words"),
    [
        ("1234567893", ""),
        ("123456789", "ten digits"),
        ("12345678934", "ten digits"),
        ("123456789x", "ten digits"),
        (f"{WIDE}3", "ten digits"),
        ("", "ten digits"),
        ("3234567893", "begins with 1 or 2"),
        ("0234567893", "begins with 1 or 2"),
        ("1234567890", "mistyped"),
        ("1234576893", "mistyped"),
        ("1234567893\n", "ten digits"),
    ],
)
def test_fault_says_what_is_wrong(npi, words):
    assert words in fault(npi)
    assert bool(words) == bool(fault(npi))


@given(NINE)
def test_the_digit_that_belongs_to_nine_makes_an_npi(first_nine):
    assert not fault(first_nine + check_digit(first_nine))


@given(NINE, st.integers(1, 9), st.integers(1, 9))
def test_any_one_wrong_digit_is_found(first_nine, place, by):
    npi = first_nine + check_digit(first_nine)
    wrong = str((int(npi[place]) + by) % 10)
    assert fault(npi[:place] + wrong + npi[place + 1 :])


@given(NINE, st.integers(1, 8))
def test_two_neighbours_changed_over_are_found_but_for_0_and_9(first_nine, place):
    npi = first_nine + check_digit(first_nine)
    one, other = npi[place], npi[place + 1]
    turned = npi[:place] + other + one + npi[place + 2 :]
    assert bool(fault(turned)) == (one != other and {one, other} != {"0", "9"})


def test_blanks_and_hyphens_do_not_matter():
    assert written(" 1234-567 893 ") == "1234567893"
