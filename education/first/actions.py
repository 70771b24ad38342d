"""Lay out the first library: its shelves, pages in both languages, and who may do what with them. Once, or again."""

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.urls import reverse
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    ReferenceIndex,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)
from wagtail.signal_handlers import disable_reference_index_auto_update
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from education.library import cache
from education.library.cms import WRITERS
from education.library.models import (
    ClinicianApproval,
    Glossary,
    Kept,
    LibraryIndex,
    LibraryPage,
    RelatedPage,
    ShownAt,
    Source,
    Topic,
)

from . import read
from .blocks import Ids, Writer

APPROVAL = "A clinician approves"
WRITE = [
    ("wagtailadmin", "access_admin"),
    ("library", "add_source"),
    ("library", "change_source"),
    ("wagtailredirects", "add_redirect"),
    ("wagtailredirects", "change_redirect"),
    ("wagtailredirects", "delete_redirect"),
]
KEEP_FILES = ["add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document"]
Tell = Callable[[str], None]
Ours = TypeVar("Ours", bound=Kept)


@transaction.atomic
def lay_out(*, tell: Tell = lambda _line: None) -> None:
    """The whole first library. Pages that are there already stay as the clinic has them."""
    root = Page.get_first_root_node()
    _let_writers_write(root)
    _ask_for_approval(root)
    if index := LibraryIndex.objects.filter(locale__language_code="en").first():
        _put_at_its_address(index)
        tell("  The library is there already")
        return
    root.get_children().exclude(content_type__app_label="library").delete()
    root.refresh_from_db()
    _keep_sources()
    english, spanish = (Locale.objects.get_or_create(language_code=code)[0] for code in read.LANGUAGES)
    with disable_reference_index_auto_update():
        index = _Shelves(english, spanish, tell).lay_out(root)
    _put_at_its_address(index)
    for page in Page.objects.specific():
        ReferenceIndex.create_or_update_for_object(page)
    transaction.on_commit(cache.empty)


def _let_writers_write(root: Page) -> None:
    wanted = Permission.objects.none()
    for app, codename in WRITE:
        wanted |= Permission.objects.filter(content_type__app_label=app, codename=codename)
    collection = Collection.get_first_root_node()
    for role in sorted(WRITERS):
        group, _ = Group.objects.get_or_create(name=role)
        group.permissions.set(wanted)
        for kind in ("add", "change", "lock", "unlock"):
            permission = Permission.objects.get(codename=f"{kind}_page", content_type__app_label="wagtailcore")
            GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
        for permission in Permission.objects.filter(codename__in=KEEP_FILES):
            GroupCollectionPermission.objects.get_or_create(group=group, collection=collection, permission=permission)


def _ask_for_approval(root: Page) -> None:
    """One workflow for all pages, in place of the one that Wagtail brings."""
    if Workflow.objects.filter(name=APPROVAL).exists():
        return
    WorkflowPage.objects.filter(page=root).delete()
    Workflow.objects.update(active=False)
    workflow = Workflow.objects.create(name=APPROVAL)
    task = ClinicianApproval.objects.create(name=APPROVAL)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=root)


def _put_at_its_address(index: LibraryIndex) -> None:
    where = urlsplit(settings.PUBLIC_ADDRESS)
    port = where.port or {"http": 80, "https": 443}[where.scheme]
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": where.hostname, "port": port, "root_page": index, "site_name": "Library"},
    )


def _keep_sources() -> None:
    for key, source in read.sources().items():
        Source.objects.get_or_create(key=key, defaults=source)


class _Shelves:
    """The pages in English, then in Spanish as their translations."""

    def __init__(self, english: Locale, spanish: Locale, tell: Tell) -> None:
        self.english, self.spanish, self.tell = english, spanish, tell
        self.sources: Ids = dict(Source.objects.values_list("key", "pk"))
        self.pages: dict[str, LibraryPage | Glossary] = {}
        self.policies = reverse("policies:what_plans_ask")

    def lay_out(self, root: Page) -> LibraryIndex:
        topics = read.load("topics.toml")
        glossary = read.load("glossary.toml")
        index = self._add(root, LibraryIndex, topics["index"])
        shelves = [(self._add(index, Topic, topic), topic) for topic in topics["topic"]]
        self.pages["glossary"] = self._add(index, Glossary, glossary)
        for shelf, topic in shelves:
            for key in topic["pages"]:
                self.pages[key] = self._add(shelf, LibraryPage, read.pages()[key].content)
        self._fill(glossary, topics["moments"])
        self._translate(index, topics["index"])
        for shelf, topic in shelves:
            self._translate(shelf, topic)
        self._translate(self.pages["glossary"], glossary)
        for key, page in read.pages().items():
            self._translate(self.pages[key], page.content)
            self.tell(f"  {page.content['en']['title']}")
        return index

    def _add(self, parent: Page, model: type[Ours], said: dict[str, Any]) -> Ours:
        page = model(locale=self.english, live=False, **_title(said["en"]))
        parent.add_child(instance=page)
        return page

    def _fill(self, glossary: dict[str, Any], moments: dict[str, list[str]]) -> None:
        """What the pages say: their links need every page to have its id."""
        for key, page in read.pages().items():
            kept = self.pages[key]
            self._write(kept, page.content, "en")
            kept.related_pages = [RelatedPage(related=self.pages[other]) for other in page.content["related"]]
            kept.moments = [ShownAt(moment=moment) for moment in moments.get(key, [])]
        self._write(self.pages["glossary"], glossary, "en")

    def _write(self, page: Kept, said: dict[str, Any], language: str) -> None:
        ids = {key: kept.pk for key, kept in self.pages.items()}
        writer = Writer(page.slug, language, sources=self.sources, pages=ids, policies=self.policies)
        if isinstance(page, LibraryPage):
            page.body = writer.body(said["block"])
            page.questions = writer.questions(said.get("question", []))
        elif isinstance(page, Glossary):
            page.terms = writer.terms(said["term"])

    def _translate(self, page: Kept, said: dict[str, Any]) -> None:
        """Publish the English, and the Spanish as its translation, string by string."""
        page.save_revision().publish()
        source, _ = TranslationSource.update_or_create_from_instance(page)
        words = self._strings(type(page)(locale=self.spanish, **_title(said["es"])), said, page.slug)
        segments = StringSegment.objects.filter(source=source).order_by("order")
        StringTranslation.objects.bulk_create(
            [self._said(segment, word) for segment, word in zip(segments, words, strict=True)],
            ignore_conflicts=True,  # a sentence that stands twice in one place is translated once
        )
        translation, _ = Translation.objects.get_or_create(source=source, target_locale=self.spanish)
        translation.save_target(publish=False)  # it would publish at the commit, from a tree of before
        page.get_translation(self.spanish).get_latest_revision().publish()

    def _said(self, segment: StringSegment, word: str) -> StringTranslation:
        return StringTranslation(
            translation_of_id=segment.string_id,
            context_id=segment.context_id,
            locale=self.spanish,
            data=word,
            translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
        )

    def _strings(self, spanish: Kept, said: dict[str, Any], slug: str) -> list[str]:
        """The strings of the Spanish page, in the order of the English one's segments."""
        name, spanish.slug = spanish.slug, slug  # blocks have one id in both languages
        self._write(spanish, said, "es")
        spanish.slug = name
        found = [segment for segment in extract_segments(spanish) if isinstance(segment, StringSegmentValue)]
        return [segment.string.data for segment in found]


def _title(said: dict[str, str]) -> dict[str, str]:
    return {
        "title": said["title"],
        "slug": said["slug"],
        "answer": said["answer"],
        "search_description": said.get("description", said["answer"][:150]),
    }
