from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from clinic.people import limits
from education.finding.actions import list_all
from education.finding.models import Entry, NotFound, Word
from education.finding.searching import find
from tests.factories import a_user
from tests.finding.shelf import a_glossary, a_page, a_shelf, a_text

SEARCH = {"en": "/en/learn-search/", "es": "/es/learn-search/"}


@pytest.fixture
def library(db):
    cache.clear()
    pages = {
        "hurt": a_page("Does it hurt?", a_text("You may feel a sting."), answer="It can hurt for a short time."),
        "blood": a_page("What if I take a blood thinner?", a_text("Bleeding is a risk near the nerves.")),
        "duele": a_page(
            "¿Duele la inyección?", a_text("La cirugía es otra cosa."), answer="Puede doler.", language="es"
        ),
    }
    a_glossary(("Steroid", "steroids, cortisone", "A medicine against swelling."))
    a_glossary(("Infiltración", "infiltraciones", "Otra palabra que oirá."), language="es")
    return pages


def titles(typed: str, language: str = "en") -> list[str]:
    return [hit.entry.title for hit in find(typed, language).hits]


@pytest.mark.parametrize(
    ("typed", "language", "title"),
    [
        ("does it hurt", "en", "Does it hurt?"),
        ("hurts", "en", "Does it hurt?"),
        ("HRUT", "en", "Does it hurt?"),
        ("blod thiner", "en", "What if I take a blood thinner?"),
        ("bleedng", "en", "What if I take a blood thinner?"),
        ("nerve", "en", "What if I take a blood thinner?"),
        ("cortisone", "en", "Steroid"),
        ("cortizone shot", "en", "Steroid"),
        ("inyeccion", "es", "¿Duele la inyección?"),
        ("inyecciones", "es", "¿Duele la inyección?"),
        ("INYECCIÓN", "es", "¿Duele la inyección?"),
        ("cirujia", "es", "¿Duele la inyección?"),
        ("me dolerá", "es", "¿Duele la inyección?"),
        ("infiltracion", "es", "Infiltración"),
        ("infiltraciones", "es", "Infiltración"),
    ],
)
def test_a_page_or_term_is_found_in_its_language_with_typing_errors_and_without_accents(
    library, typed, language, title
):
    assert titles(typed, language)[0] == title


def test_the_page_that_has_all_words_stands_before_those_that_have_some(library):
    a_page("Blood sugar and blood pressure", a_text("Blood, blood and blood."))
    assert titles("blood thinner")[0] == "What if I take a blood thinner?"


def test_a_term_stands_first_where_it_is_called_so_and_after_the_pages_where_it_only_says_the_words(library):
    a_glossary(("Anticoagulant", "blood thinner, blood thinners", "It makes blood clot more slowly."))
    assert titles("blood thinner")[:2] == ["Anticoagulant", "What if I take a blood thinner?"]
    assert titles("blood")[:2] == ["What if I take a blood thinner?", "Anticoagulant"]


def test_the_other_language_is_not_shown_and_is_offered(library):
    found = find("inyección", "en")
    assert (found.hits, found.elsewhere) == ((), "es")


def test_a_claim_that_is_not_so_leads_to_the_page_and_is_never_its_excerpt(library):
    myth = {"claim": "Honey cures the disc.", "fact": "<p>No trial shows it.</p>", "sources": []}
    a_page("What else is there?", ("myth", myth))
    (hit,) = find("honey", "en").hits
    assert hit.entry.title == "What else is there?"
    assert "Honey" not in "".join(text for text, _is_found in hit.excerpt)


def test_a_page_that_is_taken_back_is_found_no_more_nor_by_its_words(library):
    library["hurt"].unpublish()
    assert titles("hurt") == []
    assert find("hrut", "en").nowhere == ("hrut",)


def test_a_draft_is_not_found_until_it_is_published(library):
    page = library["hurt"]
    page.title = "Is it painless?"
    revision = page.save_revision()
    assert titles("painless") == []
    revision.publish()
    assert titles("painless") == ["Is it painless?"]


def test_a_page_that_is_not_live_is_not_found_even_if_nothing_said_so(library):
    Page.objects.filter(pk=library["hurt"].pk).update(live=False)
    assert titles("hurt") == []


def test_everything_can_be_listed_anew(library):
    before = set(Entry.objects.values_list("title", "language", "anchor", "words"))
    Word.objects.create(language="en", word="leftover")
    list_all()
    assert set(Entry.objects.values_list("title", "language", "anchor", "words")) == before
    assert not Word.objects.filter(word="leftover").exists()


def test_search_marks_the_words_and_leads_to_the_place(client, library):
    page = client.get(SEARCH["en"], {"q": "sterod"}).content.decode()
    entry = Entry.objects.get(title="Steroid")
    assert f"#{entry.anchor}" in page
    assert "We looked for “steroid”" in page
    assert "<mark>sting</mark>" in client.get(SEARCH["en"], {"q": "sting"}).content.decode()


def test_search_shows_what_was_typed_as_text(client, library):
    page = client.get(SEARCH["en"], {"q": "<script>alert(1)</script> hurt"}).content.decode()
    assert "<script>alert" not in page


@pytest.mark.parametrize("typed", ["x" * 10_000, "pain " * 2000, "'\"%_\\ :*&|!()<->", "\x00", "😀", "the of it", "  "])
def test_search_answers_whatever_is_typed(client, library, typed):
    response = client.get(SEARCH["en"], {"q": typed})
    assert response.status_code == 200
    assert "Shelf" in response.content.decode()  # the topics, where nothing was found


def test_search_speaks_the_language_of_its_address(client, library):
    assert 'lang="es"' in client.get(SEARCH["es"], {"q": "duele"}).content.decode()


def test_search_counts_what_is_found_nowhere_without_who_asked(client, library):
    for _ in range(3):
        client.get(SEARCH["en"], {"q": "Acupuncture hurt 555 0142 test@example.org"})
    (row,) = NotFound.objects.all()
    assert (row.words, row.language, row.count, row.month.day) == ("acupuncture", "en", 3, 1)


def test_search_counts_nothing_that_was_found_or_says_nothing(client, library):
    for typed in ("hurt", "hrut", "what is it", "12345", "", "inyección"):
        client.get(SEARCH["en"], {"q": typed})
    assert not NotFound.objects.exists()


def test_search_counts_one_address_so_often_and_still_answers(client, library, monkeypatch):
    monkeypatch.setitem(limits.LIMITS, "not_found_from_ip", (2, limits.QUARTER))
    answers = [client.get(SEARCH["en"], {"q": f"acupuncture{letter}"}).status_code for letter in "abcd"]
    assert answers == [200] * 4
    assert NotFound.objects.count() == 2


def test_search_costs_the_same_queries_however_much_there_is(client, library):
    def queries(typed: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(SEARCH["en"], {"q": typed})
        return len(asked)

    queries("hurt")  # what is asked once a process
    few = [queries("hurt"), queries("hrut")]
    page = a_page("Filler")
    Entry.objects.bulk_create(
        [Entry(page=page, anchor=str(n), language="en", title=f"It may hurt {n}", answer="hurt") for n in range(300)]
    )
    assert [queries("hurt"), queries("hrut")] == few
    assert max(few) <= 8


def test_report_shows_what_was_looked_for_twice_and_not_what_may_be_a_name(client, library, settings):
    settings.DEMO = True
    month = date(2026, 11, 1)
    NotFound.objects.create(words="acupuncture", language="en", month=month, count=7)
    NotFound.objects.create(words="testina alder", language="en", month=month, count=1)
    client.force_login(a_user("editor"))
    page = client.get("/en/learn-search/report/").content.decode()
    assert "acupuncture" in page
    assert "testina" not in page
    assert "1 more was searched only once" in page


def test_a_shelf_can_be_found_too(library):
    assert a_shelf().title in titles("shelf")
