"""A made-up page with every kind of block, in both languages: live, and reviewed by nobody."""

from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file

from clinic.people.lists import clinic_day
from education.library.models import LibraryPage, Review, Source
from tests.factories import a_user
from tests.finding.shelf import a_page

Block = tuple[str, dict[str, Any]]
TEXT = "<p>A <b>steroid</b> goes in.</p><ul><li>One</li><li>Two</li></ul>"


def a_source(**fields: Any) -> Source:
    said = {"key": "made-up", "document": "A made-up trial", "publisher": "Nobody", "year": 2020}
    return Source.objects.create(**said | {"address": "https://example.org/trial"} | fields)


def every_block(source: Source) -> list[Block]:
    image = Image.objects.create(title="A room", file=get_test_image_file())
    film, captions = (
        Document.objects.create(title=name, file=ContentFile(b"x", name=name)) for name in ("film.mp4", "film.vtt")
    )
    said: list[Block] = [
        ("text", {"heading": "A text", "text": TEXT}),
        ("steps", {"heading": "Some steps", "steps": ["<p>Arrive.</p>", "<p>Rest.</p>"]}),
        ("warning", {"heading": "A warning", "urgent": True, "signs": ["New weakness"], "act": "<p>Go now.</p>"}),
        ("should_not", {"heading": "Who waits", "people": [{"who": "Somebody ill", "why": "It can wait."}]}),
        ("drawing", {"heading": "A drawing", "drawing": "spine", "caption": "The spine."}),
        ("picture", {"heading": "A picture", "picture": image.pk, "description": "A room.", "caption": ""}),
        ("hundred", {"heading": "Of 100", "groups": [_group(24, "helped"), _group(76, "not")], "caption": "A trial."}),
        ("table", {"heading": "A table", "columns": ["Who", "What"], "rows": [{"cells": ["All", "Nothing < much"]}]}),
        ("myth", {"claim": "It cures.", "fact": "<p>It does not.</p>"}),
        ("video", {"heading": "A film", "video": film.pk, "captions": captions.pk, "transcript": "<p>Hello.</p>"}),
    ]
    practical = ("practical", {"heading": "Parking", "text": "<p>Behind the house.</p>"})
    return [*[(kind, value | {"sources": [source.pk]}) for kind, value in said], practical]


def _group(count: int, label: str) -> dict[str, Any]:
    return {"count": count, "label": label}


def a_pair(*body: Block) -> tuple[LibraryPage, LibraryPage]:
    """The same page in English and Spanish."""
    english = a_page("Does it hurt?", *body, answer="A steroid is a medicine.")
    spanish = a_page("¿Duele?", *body, answer="Un poco.", language="es")
    spanish.translation_key = english.translation_key
    spanish.save()
    return english, spanish


def a_review(page: LibraryPage, days: int = 365) -> Review:
    """A doctor stands behind what is live, for so many days."""
    doctor = a_user("doctor", name="Dr. Test Larch")
    return Review.objects.create(
        page=page,
        revision=page.live_revision,
        kind=Review.Kind.APPROVED,
        by=doctor,
        due=clinic_day() + timedelta(days),
    )
