"""The JSON Schema of a criteria set and the manual: both made from the declared kinds of rule, and kept so."""

import tomllib
from datetime import date

import pytest
from jsonschema import Draft7Validator

from clinic.criteria import set_schema, sets
from clinic.criteria.clauses import KINDS
from clinic.criteria.clauses.care import Amount
from clinic.criteria.clauses.evidence import Case
from clinic.criteria.clauses.plan import Named
from clinic.criteria.declared import declared
from clinic.criteria.guide import GUIDE
from tests.criteria.made_up_sets import CLAUSE, HEAD
from tests.criteria.test_faulty_sets import ONE_FAULT
from tools import criteria as tool

SHAPES = (sets.CriteriaSet, sets.Clause, Amount, Case, Named, *KINDS.values())
VALIDATOR = Draft7Validator(set_schema.schema())
# What a schema cannot say: one key beside another, the text around it, and what a JSON number is.
BEYOND = {
    *("clause twice", "goes with no clause", "ends before it begins", "a fraction", "empty words", "words with a NUL"),
    *("date as words", "date in quotes", "date with a time", "key with a line", "a line too long"),
    *("too many lines", "words that read backwards"),
}


def as_json(value):
    """What an editor sees of a TOML document: its dates as texts."""
    if isinstance(value, dict):
        return {name: as_json(item) for name, item in value.items()}
    if isinstance(value, list):
        return [as_json(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def accepted(text):
    return VALIDATOR.is_valid(as_json(tomllib.loads(text)))


def readable(text):
    try:
        tomllib.loads(text)
    except ValueError:
        return False
    return True


def test_the_schema_is_the_one_that_the_kinds_of_rule_make():
    assert set_schema.FILE.read_text("utf-8") == set_schema.as_text(), "run .venv/bin/python -m tools.criteria"
    Draft7Validator.check_schema(set_schema.schema())


def test_the_manual_has_every_kind_of_rule_as_it_is():
    assert tool.made() in tool.MANUAL.read_text("utf-8"), "run .venv/bin/python -m tools.criteria"


def test_the_example_of_the_manual_is_read():
    example = tool.MANUAL.read_text("utf-8").split("```toml\n")[1].split("```")[0]
    assert sets.parse(example.encode()).key == "example-plan"
    assert accepted(example)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_the_guide_says_every_key_of_every_table_and_no_other(shape):
    asks, keys = GUIDE[shape.__name__]
    assert asks.endswith(".")
    assert set(keys) == set(declared(shape))


def test_the_guide_has_no_word_on_what_there_is_not():
    assert set(GUIDE) == {shape.__name__ for shape in SHAPES}


@pytest.mark.parametrize("criteria", sets.versions(), ids=lambda one: one.name)
def test_a_set_that_ships_names_the_schema_and_keeps_it(criteria):
    text = (sets.FOLDER / f"{criteria.name}.toml").read_text("utf-8")
    assert text.startswith(f"#:schema ./{set_schema.FILE.name}\n")
    assert accepted(text)


@pytest.mark.parametrize("fault", [name for name, (text, _, _) in ONE_FAULT.items() if readable(text)])
def test_an_editor_marks_what_the_clinic_would_refuse(fault):
    assert accepted(ONE_FAULT[fault][0]) is (fault in BEYOND)


def test_an_editor_marks_nothing_in_a_set_that_is_read():
    assert accepted(HEAD + CLAUSE)
