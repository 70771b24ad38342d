import pytest
from hypothesis import given
from hypothesis import strategies as st

from education.finding.words import LONGEST, Spelled, letters_off, meant, plain, to_count, typed_in, words_of

WORDS = [Spelled("steroid", "steroid"), Spelled("step", "step"), Spelled("hurt", "hurt"), Spelled("cirugía", "cirugia")]


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("sterod", "steroid"),
        ("steriod", "steroid"),
        ("steroide", "steroid"),
        ("hrut", "hurt"),
        ("hurrt", "hurt"),
        ("cirujia", "cirugía"),
        ("CIRUGIAA", "cirugía"),
        ("stem", None),  # another letter in a short word makes another word
        ("hat", None),
        ("aspirin", None),
    ],
)
def test_a_typing_error_is_read_as_the_nearest_word(typed, word):
    assert meant(typed, WORDS) == word


@pytest.mark.parametrize(("one", "other", "off"), [("", "abc", 3), ("needle", "nedele", 1), ("disc", "disk", 1)])
def test_letters_that_are_off_are_counted(one, other, off):
    assert letters_off(one, other) == letters_off(other, one) == off


@given(st.text(max_size=3000))
def test_whatever_was_typed_becomes_one_short_line(typed):
    line = typed_in(typed)
    assert len(line) <= LONGEST
    assert "\n" not in line
    assert "\x00" not in line
    assert len(words_of(line)) <= 12


def test_a_search_that_is_too_long_is_read_up_to_its_last_whole_word():
    assert typed_in("pain " * 2000).endswith("pain")
    assert len(typed_in("x" * 10_000)) == LONGEST


@pytest.mark.parametrize(
    ("words", "counted"),
    [
        (("stem", "cells"), "cells stem"),
        (("cells", "stem"), "cells stem"),
        (("ana@example.org", "acupuncture"), "acupuncture"),
        (("5550142", "03/14/1970", "7kq2m4"), ""),
        (("x" * 200,), ""),
    ],
)
def test_what_may_say_who_searched_is_not_counted(words, counted):
    assert to_count(words) == counted


def test_accents_and_capitals_make_no_difference():
    assert plain("INYECCIÓN") == "inyeccion"
