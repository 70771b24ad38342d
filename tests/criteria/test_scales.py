from fractions import Fraction

import pytest

from clinic.criteria.scales import change_percent, peg, rmdq


@pytest.mark.parametrize(
    ("scale", "before", "after", "percent"),
    [
        ("PEG", 7.0, 3.5, Fraction(50)),
        ("NRS", 8, 1.6, Fraction(80)),
        ("NRS", 5, 6, Fraction(-20)),
        ("NRS", 0, 0, None),
        ("PROMIS", 60, 30, None),
    ],
)
def test_change_from_the_baseline_is_exact(scale, before, after, percent):
    assert change_percent(scale, before, after) == percent


def test_change_is_not_rounded_up():
    assert change_percent("PEG", 7.0, 3.6) < 50
    assert change_percent("RMDQ", 14, 8) < 50


def test_scores_of_the_instruments():
    assert peg(7, 7, 6) == Fraction(20, 3)
    assert rmdq([True] * 15 + [False] * 9) == 15


@pytest.mark.parametrize("call", [lambda: peg(11, 0, 0), lambda: peg(0, -1, 0), lambda: rmdq([True] * 23)])
def test_scores_refuse_a_sheet_that_cannot_be(call):
    with pytest.raises(ValueError, match=r"PEG|24"):
        call()
