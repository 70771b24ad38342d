"""What is said of the engine keeps to the engine."""

from itertools import product

import pytest

from clinic.criteria import method, sets
from clinic.criteria.clauses import KINDS
from clinic.criteria.contract import schema
from clinic.criteria.facts import Facts
from clinic.criteria.reasons import LANGUAGES, Reason, fact_name
from clinic.criteria.safety import screen
from clinic.criteria.verdicts import Verdict, found, outcome, settled
from clinic.criteria.verdicts import all_of as every
from clinic.criteria.verdicts import any_of as some

WHY = Reason("not-said", {"facts": []})


def first(order: list[dict[str, str]], present: tuple[Verdict, ...]) -> str:
    return next(each["key"] for each in order if each["key"] in present)


def test_every_table_of_the_engine_has_its_words():
    sections = schema()["properties"]
    assert set(method.VERDICTS) == set(Verdict)
    assert set(method.KINDS_IN_SPANISH) == set(KINDS)
    assert set(method.SECTIONS) == {name for name, shape in sections.items() if name not in ("as_of", "record_final")}


@pytest.mark.parametrize("present", list(product(Verdict, repeat=2)))
def test_the_orders_are_those_by_which_verdicts_are_joined(present):
    joins, parts = method.joins(), [found(verdict, WHY) for verdict in present]
    assert first(joins["all"], present) == settled(every(parts).possible)
    assert first(joins["any"], present) == settled(some(parts).possible)
    decisive = [each["key"] for each in joins["outcome"][:-1] if each["key"] in present]
    assert outcome(present) == (decisive[0] if decisive else joins["outcome"][-1]["key"])


def test_the_signs_are_those_that_the_screen_asks_about():
    unknown = screen(Facts.parse({"as_of": "2026-06-01"})).unknown
    asked = {fact_name(path) for sign in unknown for path in sign.facts}
    assert {*method.signs()["urgent"], *method.signs()["held"]} == asked


@pytest.mark.parametrize("language", LANGUAGES)
def test_kinds_say_what_they_ask_and_where_they_are_used(language):
    kinds = method.kinds(sets.shipped(), language)
    used = {type(rule) for one in sets.shipped() for clause in one.clauses for rule in clause.rules}
    assert len(kinds) == len(used)
    assert all(each.asks and each.used for each in kinds)


def test_the_examples_are_worked_out():
    said = method.counted()
    assert (said["days"], said["together"], said["added_up"]) == (28, 30, 40)
    assert (said["month_later"], said["short_later"]) == ("20 May 2026", "28 February 2026")
