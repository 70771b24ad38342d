"""How hard a text is to read, as a school grade. An estimate: syllables are counted by rule, not by dictionary.

English: Flesch-Kincaid grade (Kincaid et al. 1975). Spanish: Szigriszt-Pazos (1993) perspicuity, put on school grades
by the bands of the INFLESZ scale (Barrio-Cantalejo 2008).
"""

import re
from typing import NamedTuple

WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
SENTENCE_END = re.compile(r"[.!?]+(?:\s|$)|\n+")
ENGLISH_VOWELS = re.compile(r"[aeiouy]+")
# Strong vowels part syllables; an accent on i or u makes it strong; weak ones join their neighbour.
SPANISH_NUCLEUS = re.compile(r"[iuü]?[aeoáéóíú][iuüy]?(?![áéíóú])|[iuü]+|y\b")
BLOCK_END = re.compile(r"</(?:p|li|h\d)>|<br\s*/?>")
TAG = re.compile(r"<[^>]*>")
GOAL = 6.0
# INFLESZ bands from easy to hard, as the grade at which school reaches them.
SPANISH_GRADES = ((80.0, 4.0), (65.0, 6.0), (55.0, 8.0), (40.0, 11.0))
HARDEST = 14.0


class Level(NamedTuple):
    grade: float
    words: int
    words_a_sentence: float

    @property
    def is_plain(self) -> bool:
        return self.grade < GOAL + 1


def level(text: str, language: str) -> Level | None:
    """The level of a text or of rich text; None where there are too few words to say."""
    plain = TAG.sub(" ", BLOCK_END.sub("\n", text))
    words = WORD.findall(plain)
    if len(words) < 30:
        return None
    sentences = sum(bool(WORD.search(part)) for part in SENTENCE_END.split(plain))
    length = len(words) / sentences
    syllables = sum(map(SYLLABLES[language], words)) / len(words)
    return Level(round(GRADES[language](length, syllables), 1), len(words), round(length, 1))


def hardest_sentences(text: str, most: int = 3) -> list[str]:
    """The longest sentences, longest first: what to shorten first."""
    plain = TAG.sub(" ", BLOCK_END.sub("\n", text))
    sentences = [part.strip() for part in re.split(r"(?<=[.!?])\s|\n+", plain)]
    return sorted(sentences, key=lambda sentence: -len(WORD.findall(sentence)))[:most]


def _english_syllables(word: str) -> int:
    low = word.lower()
    found = len(ENGLISH_VOWELS.findall(low))
    is_silent = (low.endswith("e") and not low.endswith(("le", "ee"))) or low.endswith(("es", "ed"))
    is_said = low.endswith(("ted", "ded", "ses", "zes", "xes", "ches", "shes", "ges", "ces"))
    return max(1, found - (is_silent and not is_said))


def _spanish_syllables(word: str) -> int:
    return max(
        1, len(SPANISH_NUCLEUS.findall(word.lower().replace("qu", "q").replace("gue", "ge").replace("gui", "gi")))
    )


def _english_grade(words_a_sentence: float, syllables_a_word: float) -> float:
    return 0.39 * words_a_sentence + 11.8 * syllables_a_word - 15.59


def _spanish_grade(words_a_sentence: float, syllables_a_word: float) -> float:
    ease = 206.835 - 62.3 * syllables_a_word - words_a_sentence
    easier = (100.0, 2.0)
    for band in SPANISH_GRADES:
        if ease >= band[0]:
            part = (ease - band[0]) / (easier[0] - band[0])
            return max(easier[1], band[1] - part * (band[1] - easier[1]))
        easier = band
    return HARDEST


SYLLABLES = {"en": _english_syllables, "es": _spanish_syllables}
GRADES = {"en": _english_grade, "es": _spanish_grade}
