"""The first library: whole in both languages, laid out once, and never over what a clinic has made of it."""

import pytest
from wagtail.models import Site

from education.first import read
from education.first.actions import lay_out
from education.library.models import Glossary, LibraryPage, Source

PAGES, SOURCES = read.pages(), read.sources()
KEYS = {*PAGES, "glossary"}


@pytest.mark.parametrize("key", PAGES)
def test_a_page_says_the_same_in_both_languages_with_sources_and_plainly(key):
    assert list(read.faults(PAGES[key], SOURCES, KEYS)) == []


@pytest.mark.parametrize("key", PAGES)
def test_a_page_asks_two_questions(key):
    assert len(PAGES[key].questions) == 2


def test_every_page_file_stands_on_a_shelf():
    assert {path.stem for path in (read.HERE / "pages").glob("*.toml")} == set(PAGES)
    assert len(PAGES) >= 14


def test_the_glossary_explains_thirty_terms_in_both_languages():
    terms = read.load("glossary.toml")["term"]
    assert len(terms) >= 30
    for term in terms:
        assert all(term[language]["term"] and term[language]["meaning"] for language in read.LANGUAGES)
        assert set(term.get("sources", [])) <= set(SOURCES)


def changed(key: str, **said: object) -> read.FirstPage:
    """A page with something wrong in its first block."""
    first, *others = PAGES[key].content["block"]
    return read.FirstPage(key, {**PAGES[key].content, "block": [{**first, **said}, *others]})


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"sources": []}, "no source"),
        ({"sources": ["nobody-1999"]}, "no source nobody-1999"),
        ({"kind": "text", "en": {"heading": "A", "text": "<p>5</p>"}, "es": {"heading": "A", "text": "<p>6</p>"}}, "5"),
        (
            {"kind": "text", "en": {"heading": "A", "text": "<p>a</p>"}, "es": {"heading": "A", "text": "a"}},
            "structure",
        ),
        ({"kind": "text", "en": {"heading": "<u>A</u>", "text": ""}, "es": {"heading": "A", "text": ""}}, "tags"),
    ],
)
def test_what_is_wrong_with_a_page_is_told(wrong, told):
    assert any(told in fault for fault in read.faults(changed("insurance", **wrong), SOURCES, KEYS))


@pytest.mark.django_db
def test_it_is_laid_out_once_in_both_languages_and_follows_its_address(settings):
    settings.PUBLIC_ADDRESS = "https://clinic.example.org"
    lay_out()
    for language in read.LANGUAGES:
        live = LibraryPage.objects.live().filter(locale__language_code=language)
        assert live.count() == len(PAGES)
        assert Glossary.objects.live().filter(locale__language_code=language).count() == 1
    assert Source.objects.count() == len(SOURCES)
    assert Site.objects.get().root_url == "https://clinic.example.org"
    spanish = LibraryPage.objects.get(slug=PAGES["insurance"].content["es"]["slug"])
    assert spanish.title == PAGES["insurance"].content["es"]["title"]
    assert spanish.answer == PAGES["insurance"].content["es"]["answer"].strip()

    LibraryPage.objects.filter(pk=spanish.pk).update(title="Lo que la clínica hizo de ella")
    settings.PUBLIC_ADDRESS = "https://spine.example.org"
    lay_out()
    spanish.refresh_from_db()
    assert spanish.title == "Lo que la clínica hizo de ella"
    assert LibraryPage.objects.count() == 2 * len(PAGES)
    assert Site.objects.get().hostname == "spine.example.org"
