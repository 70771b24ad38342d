"""The code on a letter: it comes back however it was written, and a wrong character is noticed."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from clinic.outside import codes

begun = st.text(st.sampled_from(codes.LETTERS), min_size=7, max_size=7)


def test_a_code_is_found_however_it_was_typed():
    code = codes.new_code()
    for typed in (code, codes.grouped(code), f" {codes.grouped(code).lower()} ", " ".join(code)):
        assert codes.read(typed) == code


@given(begun)
def test_one_wrong_character_is_noticed(first):
    code = codes.with_check(first)
    for place in range(codes.LENGTH):
        for letter in set(codes.LETTERS) - {code[place]}:
            assert codes.read(code[:place] + letter + code[place + 1 :]) == ""


@given(begun)
def test_two_swapped_characters_are_noticed(first):
    code = codes.with_check(first)
    for one, other in combinations(range(codes.LENGTH), 2):
        swapped = list(code)
        swapped[one], swapped[other] = code[other], code[one]
        assert codes.read("".join(swapped)) == ("" if code[one] != code[other] else code)


def test_what_is_no_code_is_none():
    for typed in ("", "K7RT", "K7RT-9M2", "0O1I-5SLU", "K7RT-9M2K-X", "café-1234", "\x00"):
        assert codes.read(typed) == ""
