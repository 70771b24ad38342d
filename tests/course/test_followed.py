"""A result is compared with the baseline on the same scale alone, and what asks something else is not compared."""

from datetime import date, timedelta
from fractions import Fraction

from clinic.treatment.course.followed import Taken

from .made_up import GIVEN, answered, course, followed


def test_pain_of_a_week_is_compared_and_that_of_a_day_is_only_shown():
    session = followed(answered("d0", 90, 0), answered("d1", 40, 5), answered("d14", 70, 3))
    assert [(each.on, each.value) for each in session.results["NRS"]] == [(GIVEN + timedelta(days=14), 3)]
    assert [answer.moment for answer in course(session).not_compared] == ["d0", "d1"]


def test_what_is_said_on_the_evening_never_counts_as_relief():
    assert followed(answered("d0", 100, 0)).relief.percent is None


def test_each_scale_is_held_against_its_own_baseline():
    session = followed(answered("d14", 70, 2, PEG=3, RMDQ=6), NRS=8, PEG=6)
    changes = {scale: session.results[scale][0].change for scale in ("NRS", "PEG", "RMDQ")}
    assert changes == {"NRS": Fraction(75), "PEG": Fraction(50), "RMDQ": None}


def test_a_result_in_the_record_stands_for_the_answer_that_said_it():
    day = GIVEN + timedelta(days=14)
    session = followed(answered("d14", 70, 3), after=(Taken("NRS", day, 4),))
    assert [each.value for each in session.results["NRS"]] == [4]


def test_the_best_from_two_weeks_on_counts_and_before_that_the_latest():
    assert followed(answered("d7", 90, 0)).best("NRS") == 100
    assert followed(answered("d7", 90, 0), answered("d14", 50, 4), answered("m1", 60, 2)).best("NRS") == 75
    assert followed(answered("d1", 90, 0)).best("NRS") is None


def test_a_baseline_that_stands_by_itself_too_is_one_result():
    session = followed()
    alone = Taken("NRS", GIVEN - timedelta(days=5), 8)
    assert course(session, scores=(alone,)).taken() == {alone}


def test_pain_comes_first_and_scales_that_are_not_asked_here_last():
    scores = tuple(Taken(scale, date(2026, 1, 2), 5) for scale in ("ODI", "RMDQ", "NDI", "PEG", "NRS"))
    assert course(scores=scores).scales == ["NRS", "PEG", "RMDQ", "NDI", "ODI"]
