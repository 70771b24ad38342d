"""What a patient has read: which version when, by whom, and whether it was understood."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from clinic.people.models import Patient, User
from education.library.models import LibraryPage
from education.library.versions import Asked, Version

from .models import Reading, Understanding


@dataclass(frozen=True)
class Answered:
    """The latest answers to the questions of a page: how many were right, and which were not."""

    latest: Understanding
    not_right: list[str]

    @property
    def right(self) -> int:
        return sum(each is True for each in self.latest.right)

    @property
    def of(self) -> int:
        return len(self.latest.right)


@dataclass
class Read:
    """One page that was read: its title, every opening with the latest first, and the answers to its questions."""

    page: LibraryPage
    title: str
    openings: list[Reading] = field(default_factory=list)
    answered: Answered | None = None

    @property
    def newer(self) -> bool:
        """Whether another version is live than the one that was read last."""
        return bool(self.page.live) and self.openings[0].revision_id != self.page.live_revision_id


def read_by(patient: Patient, reader: User, language: str = "") -> list[Read]:
    """The pages that were read for a patient, the latest first, as `reader` may see them.

    Titles and questions are those of the page in `language` where there is one; without it, as they were read.
    """
    readings = list(
        Reading.objects.visible_to(reader).filter(patient=patient).select_related("by", "revision").order_by("-pk")
    )
    pages = _pages({each.page_id for each in readings})
    shown = _in_language(pages.values(), language)
    answers = _latest(patient, reader, pages)
    found: dict[int, Read] = {}
    for each in readings:
        page = pages[each.page_id]
        as_shown = shown.get(page.translation_key, page)
        if page.pk not in found:
            found[page.pk] = Read(page, as_shown.title, answered=_answered(answers.get(page.pk), as_shown, page))
        found[page.pk].openings.append(each)
    return list(found.values())


def _pages(ids: Iterable[int]) -> dict[int, LibraryPage]:
    return {page.pk: page for page in LibraryPage.objects.filter(pk__in=ids).select_related("locale")}


def _in_language(pages: Iterable[LibraryPage], language: str) -> dict[object, LibraryPage]:
    foreign = [page.translation_key for page in pages if language and page.locale.language_code != language]
    if not foreign:
        return {}
    found = LibraryPage.objects.filter(translation_key__in=foreign, locale__language_code=language)
    return {page.translation_key: page for page in found}


def _latest(patient: Patient, reader: User, pages: Iterable[int]) -> dict[int, Understanding]:
    said = Understanding.objects.visible_to(reader).filter(patient=patient, page__in=pages)
    return {each.page_id: each for each in said.select_related("revision").order_by("page", "-pk").distinct("page")}


def _answered(latest: Understanding | None, as_shown: LibraryPage, page: LibraryPage) -> Answered | None:
    """The questions in the words of the shown page where it asks as many, otherwise as they were asked."""
    if latest is None:
        return None
    own: list[Asked] = Version(page, latest.revision).questions
    there = [block.value["ask"] for block in as_shown.questions] if as_shown is not page else []
    asks: Sequence[str] = there if len(there) == len(own) else [asked.ask for asked in own]
    wrong = [ask for ask, right in zip(asks, latest.right, strict=True) if right is False]
    return Answered(latest, wrong)
