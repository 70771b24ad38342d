"""The library of the made-up clinic: who stands behind which page, what was read, sought in vain and worried about."""

import uuid
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from functools import partial

from clinic.audit.actor import Actor
from clinic.people.models import Role, User
from clinic.record.models import Case
from education.finding.actions import count_not_found, give_opinion
from education.first.actions import lay_out
from education.library.models import LibraryPage
from education.library.versions import Version
from education.reading.actions import keep_understanding, note_reading, send_worry
from education.upkeep.actions import approve, seal, still_right

from .shape import When, ago, minutes_ago
from .stage import DESK_IP, DOOR, acting

Staff = Mapping[str, User]
YEAR, HUNDRED_DAYS, FOUR_WEEKS = timedelta(days=365), timedelta(days=100), timedelta(days=28)
READ_BY_LARCH = ("What is an epidural", "injection hurt", "go wrong", "day of the injection", "days after", "at once")
READ_BY_ROWAN = ("What is an epidural", "injection hurt", "days after", "at once")  # in Spanish
SOUGHT = (("acupuncture",), ("acupuncture",), ("acupuncture",), ("parking",), ("stem", "cell"))


def _lay_out(_staff: Staff) -> None:
    lay_out()


def _page(words: str, language: str = "en") -> LibraryPage:
    """The page, in a language, whose English title has these words."""
    english = LibraryPage.objects.get(title__icontains=words, locale__language_code="en")
    found: LibraryPage = english.get_translations(inclusive=True).get(locale__language_code=language)
    return found


def _stand_behind(titles: Iterable[str], every: timedelta, by: str, language: str, staff: Staff) -> None:
    for words in titles:
        page = _page(words, language)
        still_right(page=page, seen=seal(page.live_revision), every=every, by=acting(staff[by]))


def _ask(words: str, more: str, staff: Staff) -> LibraryPage:
    """The editor adds a sentence to a short answer, and sends the page to a clinician."""
    page = _page(words)
    page.answer += more
    page.save_revision(user=staff["laurel"])
    page.get_workflow().start(page, staff["laurel"])
    return page


def _change(staff: Staff) -> None:
    """The English goes on, and its Spanish stays behind."""
    page = _ask("insurance", " Our staff asks your plan for you.", staff)
    approve(page=page, seen=seal(page.get_latest_revision()), every=YEAR, by=acting(staff["rowan"]))


def _wait(staff: Staff) -> None:
    _ask("diabetes", " Bring your meter with you.", staff)


def _case(family: str) -> Case:
    return Case.objects.filter(patient__family_name=family).select_related("patient__user").earliest("pk")


def _themselves(case: Case) -> Actor:
    return Actor(user_id=case.patient.user_id, role=Role.PATIENT, ip=DESK_IP, door=DOOR)


def _read(family: str, words: str, choices: tuple[int, ...], language: str, _staff: Staff) -> None:
    """A patient opens a page and answers its two questions."""
    case = _case(family)
    by = _themselves(case)
    page = _page(words, language)
    version = Version(page, page.live_revision)
    note_reading(patients=[case.patient], page=page.page_ptr, revision=version.revision, by=by)
    if choices:
        keep_understanding(patients=[case.patient], version=version, choices=choices, sent_as=uuid.uuid4(), by=by)


def _worry(family: str, words: str, language: str, worried: str, _staff: Staff) -> None:
    case = _case(family)
    page = _page(words, language)
    version = Version(page, page.live_revision)
    by = _themselves(case)
    send_worry(case=case, words=worried, version=version, language=language, sent_as=uuid.uuid4(), by=by)


def _seek(_staff: Staff) -> None:
    for words in SOUGHT:
        count_not_found(words=words, language="en", by=Actor(ip=DESK_IP, door=DOOR))


def _helped(words: str, helpful: bool, line: str, _staff: Staff) -> None:
    page, stranger = _page(words), Actor(ip=DESK_IP, door=DOOR)
    give_opinion(page=page.page_ptr, revision=page.live_revision, helpful=helpful, line=line, by=stranger)


AFRAID = "I am afraid that the needle may hurt my spinal cord, because my neighbour told me so."
MIEDO = "Me da miedo no poder caminar ese día y no tener quien me lleve a casa."
HAPPENINGS: tuple[tuple[When, Callable[[Staff], object]], ...] = (
    (ago(58, "09:00"), _lay_out),
    (ago(50, "12:10"), partial(_stand_behind, READ_BY_LARCH, YEAR, "larch", "en")),
    (ago(50, "12:40"), partial(_stand_behind, ["How often"], FOUR_WEEKS, "larch", "en")),  # overdue by now
    (ago(49, "12:10"), partial(_stand_behind, READ_BY_ROWAN, YEAR, "rowan", "es")),
    (ago(48, "12:10"), partial(_stand_behind, ["How well"], HUNDRED_DAYS, "rowan", "en")),  # due before long
    (ago(12, "16:00"), _change),
    (ago(3, "18:00"), _seek),
    (ago(3, "18:10"), partial(_helped, "injection hurt", True, "")),
    (ago(3, "18:20"), partial(_helped, "go wrong", False, "I wanted to know how often this happens here.")),
    (ago(2, "19:00"), partial(_read, "Fir", "injection hurt", (1, 1), "en")),
    (ago(2, "19:10"), partial(_read, "Fir", "go wrong", (), "en")),
    (ago(2, "19:20"), partial(_worry, "Fir", "go wrong", "en", AFRAID)),
    (ago(1, "20:00"), partial(_worry, "Encina", "day of the injection", "es", MIEDO)),
    (minutes_ago(90), _wait),
)
