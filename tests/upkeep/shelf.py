"""Pages as they come to a clinician in these tests, and what an editor's form sends."""

import uuid
from typing import Any

from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from clinic.people.models import User
from education.library.models import LibraryPage, Source
from education.upkeep.actions import seal
from tests.finding.shelf import Block


def a_source(**fields: Any) -> Source:
    known = {"document": "A trial", "publisher": "Test Journal", "year": 2015, "address": "https://example.org/trial"}
    return Source.objects.get_or_create(key="trial-2015", defaults={**known, "seen": Source.Seen.FULL, **fields})[0]


def a_statement(words: str) -> Block:
    """A block of text that rests on a source."""
    source = {"type": "item", "id": str(uuid.uuid4()), "value": a_source().pk}
    return "text", {"heading": "More", "text": f"<p>{words}</p>", "sources": [source]}


def asked(page: LibraryPage, by: User, **said: Any) -> LibraryPage:
    """A page that was changed, and waits for a clinician."""
    draft = page.get_latest_revision_as_object()
    for name, words in said.items():
        setattr(draft, name, words)
    draft.save_revision(user=by)
    page.refresh_from_db()
    page.get_workflow().start(page, by)
    return LibraryPage.objects.get(pk=page.pk)


def approved(client: Client, page: LibraryPage, seen: str = "") -> Any:
    """What came of pressing "Approve and publish"."""
    sent = {"seen": seen or seal(page.get_latest_revision()), "every": "365"}
    return client.post(reverse("upkeep:approve", args=[page.pk]), sent)


def translated(page: LibraryPage, **words: str) -> Translation:
    """The Spanish of every sentence: as given by its path, else "es" before the English."""
    translation = Translation.objects.get(source__object_id=page.translation_key)
    for segment in StringSegment.objects.filter(source=translation.source).select_related("string", "context"):
        english = segment.string.data
        path = segment.context.path
        said = words.get(path, f"es-{english}" if path == "slug" else f"es {english}")
        where = {"context": segment.context, "locale": translation.target_locale}
        StringTranslation.objects.update_or_create(translation_of=segment.string, **where, defaults={"data": said})
    return translation


def _listed(values: list[Any]) -> dict[str, Any]:
    """What a form sends of a list of blocks."""
    rows = {str(n): {"value": value, "deleted": "", "order": str(n), "id": ""} for n, value in enumerate(values)}
    return {"count": str(len(values)), **rows}


def form(
    page: LibraryPage, text: str = "<p>Most people feel pressure for 5 minutes.</p>", **said: Any
) -> dict[str, Any]:
    """What the editor of a page with one block of text sends, as the rich text's own form would write it."""
    block = {"heading": "More", "text": rich_text(text), "sources": _listed([a_source().pk])}
    sent = {
        "title": page.title,
        "slug": page.slug,
        "answer": page.answer,
        "search_description": "",
        "seo_title": "",
        "body": streamfield([("text", block)]),
        "questions": streamfield([]),
        "related_pages": inline_formset([]),
        "moments": inline_formset([]),
        "comments": inline_formset([]),
    }
    found: dict[str, Any] = nested_form_data(sent | said)
    return found
