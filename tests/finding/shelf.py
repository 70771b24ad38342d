"""A small library for tests, without the first library's words: pages and a glossary as the clinic publishes them."""

import uuid
from itertools import count
from typing import Any

from wagtail.models import Locale, Page, Site

from education.library.models import Glossary, LibraryIndex, LibraryPage, Topic

_number = count(1)
Block = tuple[str, dict[str, Any]]


def a_shelf(language: str = "en") -> Topic:
    """A published topic in a library of this language, both made when there are none."""
    found = Topic.objects.filter(locale__language_code=language).first()
    if found:
        return found
    locale, _ = Locale.objects.get_or_create(language_code=language)
    index = LibraryIndex(title=f"Library {language}", slug=f"library-{language}", answer="Read here.", locale=locale)
    twin = LibraryIndex.objects.first()
    index.translation_key = twin.translation_key if twin else index.translation_key
    Page.get_first_root_node().add_child(instance=index)
    if twin is None:
        Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "testserver", "root_page": index})
    topic = Topic(title="Shelf", slug="shelf", answer="What stands here.", locale=locale)
    index.add_child(instance=topic)
    for page in (index, topic):
        page.save_revision().publish()
    return topic


def a_page(title: str, *body: Block, answer: str = "An answer.", language: str = "en") -> LibraryPage:
    """A published page with the blocks of its body."""
    topic = a_shelf(language)
    page = LibraryPage(title=title, slug=f"page-{next(_number)}", answer=answer, locale=topic.locale)
    page.body = [{"type": kind, "id": str(uuid.uuid4()), "value": value} for kind, value in body]
    topic.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def a_text(*paragraphs: str, heading: str = "More") -> Block:
    return "text", {"heading": heading, "text": "".join(f"<p>{each}</p>" for each in paragraphs), "sources": []}


def a_glossary(*terms: tuple[str, str, str], language: str = "en") -> Glossary:
    """A published glossary of terms, each with its other forms and its meaning."""
    topic = a_shelf(language)
    glossary = Glossary(title="Words", slug=f"words-{next(_number)}", answer="Words explained.", locale=topic.locale)
    glossary.terms = [
        {
            "type": "term",
            "id": str(uuid.uuid4()),
            "value": {"term": term, "also": also, "meaning": meaning, "sources": []},
        }
        for term, also, meaning in terms
    ]
    topic.get_parent().add_child(instance=glossary)
    glossary.save_revision().publish()
    return glossary
