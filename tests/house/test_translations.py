"""Everything that a patient reads is there in Spanish, and the compiled catalogue is the written one."""

import re

import polib
import pytest

from tools import translate

CATALOGUE = polib.pofile(str(translate.CATALOGUE))
PLACE = re.compile(r"%\(\w+\)s|%s|\{\w+\}")


def test_the_compiled_catalogue_is_the_written_one():
    assert translate.CATALOGUE.with_suffix(".mo").read_bytes() == translate.compiled(CATALOGUE)


def test_every_marked_string_is_translated_and_no_other_is_kept():
    wanted = {(context, words) for context, words, _plural in translate.asked_for()}
    assert {(entry.msgctxt, entry.msgid) for entry in CATALOGUE} == wanted
    assert [entry.msgid for entry in CATALOGUE.untranslated_entries()] == []
    assert [entry.msgid for entry in CATALOGUE.fuzzy_entries()] == []


@pytest.mark.parametrize("entry", list(CATALOGUE), ids=lambda entry: entry.msgid[:40])
def test_what_is_filled_in_is_filled_in_in_spanish_too(entry):
    spanish = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
    english = [entry.msgid_plural or entry.msgid]
    for words in spanish:
        missing = set(PLACE.findall(english[0])) - set(PLACE.findall(words))
        assert not missing or entry.msgid_plural
