"""Every set on one case: a row a clause key, and the number that decided, short enough to be read down a column."""

import re

import pytest

from clinic.candidacy.side_by_side import NUMBERS, number
from clinic.criteria.reasons import Reason
from clinic.criteria.sentences import SENTENCES

COUNTS = re.compile(r":(number|days|weeks|months|years|levels|injections)\}")


def test_every_reason_with_a_number_has_a_short_one():
    assert {key for key, (english, _) in SENTENCES.items() if COUNTS.search(english)} <= set(NUMBERS)


def test_short_ones_use_what_their_sentence_uses():
    for key, short in NUMBERS.items():
        assert set(re.findall(r"\{(\w+):", short)) <= set(re.findall(r"\{(\w+):", SENTENCES[key][0])), key


@pytest.mark.parametrize(
    ("because", "expected"),
    [
        ([], ""),
        ([Reason("limits-daily-life", {})], ""),
        ([Reason("not-waited", {"days": 9, "on": "2026-06-01", "needed": 14})], "9 of 14 days"),
        (
            [Reason("pain-days", {"days": 90}), Reason("care-days-short", {"days": 20, "needed": 28})],
            "90 days of pain · 20 of 28 days of care",
        ),
    ],
)
def test_number(because, expected):
    assert number(because) == expected
