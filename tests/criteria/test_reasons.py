"""Reasons in English and Spanish: plain sentences with their numbers and dates, and never a rounded-up number."""

from string import Formatter

import pytest

from clinic.criteria import reasons
from clinic.criteria.contract import schema
from clinic.criteria.reasons import Reason, fact_name, render
from clinic.criteria.sentences import CLAUSE_TITLES, SENTENCES
from clinic.criteria.vocabulary import FACTS, VALUES
from tests.criteria.documents import patient
from tests.criteria.weighing import clause


def test_a_reason_is_read_in_both_languages():
    because = clause(patient(), "medicare-lcd", "conservative-care").because
    assert render(because, "en") == (
        "Pain for 91 days; 91 days of care since 2 March 2026, counted once where therapies overlap."
    )
    assert render(because, "es") == (
        "Dolor desde hace 91 días; 91 días de tratamiento desde el 2 de marzo de 2026, contados una sola vez cuando "
        "coinciden."
    )


@pytest.mark.parametrize(
    ("number", "shown"), [(49.999, "49.99 %"), (50.0, "50 %"), (42.857142, "42.85 %"), (-3, "-3 %")]
)
def test_numbers_are_cut_and_not_rounded(number, shown):
    assert shown in render([Reason("relief-for-review", {"relief": number})])


@pytest.mark.parametrize(("days", "en", "es"), [(1, "for 1 day.", "hace 1 día."), (2, "for 2 days.", "hace 2 días.")])
def test_plurals(days, en, es):
    because = [Reason("pain-days", {"days": days})]
    assert render(because, "en").endswith(en)
    assert render(because, "es").endswith(es)


def test_a_reason_survives_storage():
    reason = clause(patient(), "medicare-lcd", "conservative-care").because[0]
    assert Reason.from_dict(reason.to_dict()) == reason


def test_an_unknown_language_is_refused():
    with pytest.raises(KeyError):
        render([], "fr")


def test_the_missing_fact_is_named_in_plain_words():
    assert fact_name("therapies[1].outcome") == "what treatment 2 did"
    assert fact_name("therapies[1].outcome", "es") == "qué efecto tuvo el tratamiento 2"
    assert reasons.date_in_words("2026-06-01", "es") == "1 de junio de 2026"


@pytest.mark.parametrize("key", SENTENCES)
def test_both_languages_show_the_same_values(key):
    shown = [{field for _, field, _, _ in Formatter().parse(text) if field} for text in SENTENCES[key]]
    assert shown[0] == shown[1]


def test_every_title_and_fact_has_both_languages():
    assert all(en and es for en, es in [*CLAUSE_TITLES.values(), *FACTS.values()])
    sections = schema()["properties"]
    for path in FACTS:
        section, _, name = path.partition(".")
        shape = sections[section].get("items", sections[section])
        assert not name or name in shape["properties"], path


def test_every_word_of_the_contract_has_a_name_in_both_languages():
    def words(shape):
        yield from (word for word in shape.get("enum", ()) if word)
        for inner in [*shape.get("properties", {}).values(), *([shape["items"]] if "items" in shape else [])]:
            yield from words(inner)

    scales = set(schema()["properties"]["scores"]["items"]["properties"]["scale"]["enum"])
    assert set(words(schema())) - scales <= set(VALUES)


def test_lists_are_joined_as_the_language_does():
    nobody = [Reason("not-said", {"facts": ["imaging"]}), Reason("not-said", {"facts": ["conditions.heart_failure"]})]
    assert render(nobody, "en") == "Not yet on record: imaging and heart failure."
    assert render(nobody, "es") == "Falta saber: las imágenes e insuficiencia cardíaca."
