"""From when to when a version counted, told from the rows that said so."""

from datetime import date

import pytest

from clinic.policies.spells import Word, spells

A, B, NONE = 1, 2, None


def day(number: int) -> date:
    return date(2026, 6, number)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], []),
        ([Word(1, A, None)], [(A, None, None)]),
        ([Word(1, A, None), Word(2, B, day(10))], [(A, None, day(9)), (B, day(10), None)]),
        # the last word for a day holds
        ([Word(1, A, None), Word(2, B, day(10)), Word(3, A, day(10))], [(A, None, None)]),
        # said earlier for a later day
        ([Word(1, B, day(20)), Word(2, A, day(10))], [(A, day(10), day(19)), (B, day(20), None)]),
        # a set that ends, and comes back
        (
            [Word(1, A, None), Word(2, NONE, day(5)), Word(3, A, day(8))],
            [(A, None, day(4)), (NONE, day(5), day(7)), (A, day(8), None)],
        ),
        # what never counted does not end
        ([Word(1, NONE, day(5))], []),
    ],
)
def test_spells(words, expected):
    found = [(spell.version_id, spell.first_day, spell.last_day) for spell in spells(words)]
    assert found == expected


def test_a_spell_has_its_first_and_last_day():
    first, second = spells([Word(1, A, None), Word(2, B, day(10))])
    assert first.has(day(9))
    assert not first.has(day(10))
    assert second.has(day(10))
    assert second.has(date(2040, 1, 1))
