"""How hard a text is to read, as a school grade."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from education.library.reading_level import hardest_sentences, level

# Six words of one syllable: 0.39 x 6 + 11.8 x 1 - 15.59 (Kincaid 1975).
CAT = "The cat sat on the mat. "
HARD = "Interventional radiologists administer corticosteroids epidurally notwithstanding considerable heterogeneity. "
DURO = "Los especialistas administran corticosteroides epiduralmente considerando heterogeneidades metodológicas. "


def test_the_english_grade_is_flesch_and_kincaid_s():
    found = level(CAT * 6, "en")
    assert found
    assert (found.grade, found.words, found.words_a_sentence) == (pytest.approx(-1.4, abs=0.1), 36, 6.0)
    assert found.is_plain


@pytest.mark.parametrize(("language", "easy", "hard"), [("en", CAT, HARD), ("es", "El gato come pan. ", DURO)])
def test_long_words_are_hard_and_short_ones_plain(language, easy, hard):
    assert level(easy * 10, language).is_plain
    assert not level(hard * 10, language).is_plain


def test_of_few_words_nothing_is_said():
    assert level(CAT * 2, "en") is None
    assert level("", "es") is None


@given(st.integers(1, 5))
def test_a_longer_sentence_is_never_easier(joined):
    sentence = " and ".join(["we walk to the house"] * joined) + ". "
    longer = " and ".join(["we walk to the house"] * (joined + 1)) + ". "
    assert level(longer * 12, "en").grade >= level(sentence * 12, "en").grade
    assert level(longer * 12, "es").grade >= level(sentence * 12, "es").grade


def test_items_of_a_list_are_sentences_of_their_own():
    assert level("<ul>" + "<li>Walk to the door</li>" * 10 + "</ul>", "en").words_a_sentence == 4.0


def test_the_longest_sentences_are_named_first():
    text = "<p>Short one. This one is quite a lot longer than that.</p><p>Middle one here.</p>"
    assert hardest_sentences(text, 2) == ["This one is quite a lot longer than that.", "Middle one here."]
