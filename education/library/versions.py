"""The version of a page that was read, and its questions; they stay when the page is taken back."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from wagtail.models import PageLogEntry, Revision

from .models import Kept, LibraryPage

PUBLISHED = ("wagtail.publish", "wagtail.publish.scheduled")


@dataclass(frozen=True)
class Asked:
    """One of the questions whether a page was understood; the right choice is counted from 1."""

    ask: str
    choices: list[str]
    right: int
    because: str


@dataclass(frozen=True)
class Version:
    """A page of the library as it was published: what was said then, whatever the page says now."""

    page: LibraryPage
    revision: Revision

    @property
    def language(self) -> str:
        return str(self.page.locale.language_code)

    @cached_property
    def questions(self) -> list[Asked]:
        # Read from what is kept and not from the page as an object, which would ask for all that hangs on it.
        said = LibraryPage._meta.get_field("questions").to_python(self.revision.content["questions"])
        return [_asked(block.value) for block in said]


def _asked(value: Any) -> Asked:
    return Asked(value["ask"], list(value["choices"]), value["right"], value["because"])


def published_revision(page: Kept) -> Revision | None:
    """The version that is live, or was the last to be; None where nothing was ever published. Never a draft."""
    if page.live_revision_id:
        return page.live_revision
    log = PageLogEntry.objects.filter(page_id=page.pk, action__in=PUBLISHED, revision__isnull=False)
    last = log.select_related("revision").order_by("-pk").first()
    return last.revision if last else None


def version_of(page: int, revision: int | None = None) -> Version | None:
    """A page's version that was published, by id; without an id the last one. None where there is no such."""
    found = _pages().filter(pk=page).first()
    latest = published_revision(found) if found else None
    if found is None or latest is None:
        return None
    if revision in (None, latest.pk):
        return Version(found, latest)
    log = PageLogEntry.objects.filter(page_id=page, action__in=PUBLISHED, revision_id=revision)
    earlier = log.select_related("revision").first()
    return Version(found, earlier.revision) if earlier else None


def _pages() -> QuerySet[LibraryPage]:
    pages: QuerySet[LibraryPage] = LibraryPage.objects.all()
    return pages.select_related("locale", "live_revision")
