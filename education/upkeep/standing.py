"""How one page stands: what would be published, what is new in it, what it rests on, and what may be done about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from wagtail.admin.compare import StreamBlockComparison, StreamFieldComparison
from wagtail.models import Page, Revision, TaskState
from wagtail_localize.models import Translation

from clinic.people.models import Role, User
from education.library.models import Kept, Review, Source, authors_of
from education.library.reading_level import Level

from .actions import seal
from .needs import is_behind, pages, says
from .words import Difference, differences, hardest, reading, source_ids


def of_the_library(pk: int) -> Kept:
    """A page of the library, or "not found"."""
    page = get_object_or_404(Page, pk=pk, content_type__app_label="library")
    kept: Kept = page.specific
    return kept


@dataclass(frozen=True)
class Standing:
    """One page, for whoever asks; `page` is as it is live."""

    page: Kept
    user: User

    @cached_property
    def state(self) -> TaskState | None:
        return self.page.current_workflow_task_state

    @cached_property
    def waits(self) -> bool:
        return self.state is not None and self.state.status == TaskState.STATUS_IN_PROGRESS

    @cached_property
    def sent_back(self) -> TaskState | None:
        state = self.page.current_workflow_state
        return state.current_task_state if state and state.status == state.STATUS_NEEDS_CHANGES else None

    @cached_property
    def revision(self) -> Revision | None:
        """What a clinician reads here: the version that waits for them, else the one that is live."""
        return self.page.get_latest_revision() if self.waits else self.page.live_revision or self.page.latest_revision

    @cached_property
    def read(self) -> Kept:
        """That version, as a page."""
        return self.revision.as_object() if self.revision else self.page

    @cached_property
    def seal(self) -> str:
        return seal(self.revision) if self.revision else ""

    @cached_property
    def review(self) -> Review | None:
        return self.page.review

    @cached_property
    def is_own(self) -> bool:
        """Whether who asks wrote a part of what is new."""
        return self.user.pk in self._author_ids

    @property
    def may_say(self) -> bool:
        """Whether who asks may stand behind this version."""
        is_there = self.waits or self.page.live_revision_id is not None
        return self.user.role == Role.DOCTOR and is_there and not self.is_own

    @cached_property
    def _author_ids(self) -> set[int]:
        return authors_of(self.page, self.revision) if self.revision else set()

    @cached_property
    def authors(self) -> list[User]:
        return list(User.objects.filter(pk__in=self._author_ids).order_by("name"))

    @cached_property
    def sources(self) -> list[Source]:
        return list(Source.objects.filter(pk__in=source_ids(self.read)))

    @cached_property
    def level(self) -> Level | None:
        return reading(self.read, self.page.locale.language_code)

    @property
    def hardest(self) -> list[str]:
        return hardest(self.read)

    @cached_property
    def other(self) -> Page | None:
        """The page in the other language."""
        other = self.page.get_translations().select_related("locale").first()
        return other.specific if other else None

    @cached_property
    def is_spanish(self) -> bool:
        return bool(self.page.locale.language_code == "es")

    @property
    def differences(self) -> list[Difference]:
        if self.other is None:
            return []
        return differences(*((self.other, self.read) if self.is_spanish else (self.read, self.other)))

    @cached_property
    def is_behind(self) -> bool:
        """Whether this is Spanish, and the English changed after it."""
        if not (self.is_spanish and self.other and self.other.live and self.page.live):
            return False
        both = {page.pk: page for page in pages().filter(pk__in=[self.page.pk, self.other.pk])}
        return is_behind(both[self.other.pk], both[self.page.pk], says().get(self.page.pk))

    @cached_property
    def is_translation(self) -> bool:
        """Whether the words come from the translation of the English, sentence by sentence."""
        found = Translation.objects.filter(
            source__object_id=self.page.translation_key, target_locale=self.page.locale, enabled=True
        )
        return self.is_spanish and found.exists()


class Change(NamedTuple):
    """What is new in one field, or in one block of a stream: its label, and the words with what went and what came."""

    label: str
    html: str


def changes(standing: Standing, request: HttpRequest) -> list[Change]:
    """What the version would change in what is live, as Wagtail compares versions."""
    page = standing.page
    if not page.live or standing.revision is None or standing.revision.pk == page.live_revision_id:
        return []
    panel = page.get_edit_handler().get_bound_panel(instance=page, request=request, form=None)
    compared = [compare(page, standing.read) for compare in panel.get_comparison()]
    return [change for each in compared if each.has_changed() for change in _parts(each)]


def _parts(compared: Any) -> Iterator[Change]:
    label = str(compared.field_label())
    if not compared.is_field:
        yield Change(label, "This list was changed.")
    elif isinstance(compared, StreamFieldComparison):
        yield from _blocks(compared)
    elif _is_marked(html := compared.htmldiff()):
        yield Change(label, html)


def _blocks(compared: StreamFieldComparison) -> Iterator[Change]:
    """Only the blocks that differ: saving marks every paragraph anew, which changes no word."""
    stream = compared.field.stream_block
    blocks = StreamBlockComparison(stream, True, True, compared.val_a, compared.val_b).get_block_comparisons()
    for block in blocks:
        label = str(block.block.label)
        if block.is_new():
            yield Change(f"{label}, new", block.htmlvalue(block.val_b))
        elif block.is_deleted():
            yield Change(f"{label}, taken away", block.htmlvalue(block.val_a))
        elif block.has_changed() and _is_marked(html := block.htmldiff()):
            yield Change(label, html)


def _is_marked(html: str) -> bool:
    return "addition" in html or "deletion" in html
