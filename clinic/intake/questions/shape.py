"""What a questionnaire is made of. Pure data: a question, the page that it stands on, the section it belongs to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from .conditions import Condition

DONT_KNOW, RATHER_NOT = "dk", "pns"
UNSAID = frozenset({DONT_KNOW, RATHER_NOT})


def marked(text: str) -> str:
    """Mark a text for translation; the door translates it, so that what lies here stays pure."""
    return text


_ = marked

DONT_KNOW_TEXT = _("I don't know")
RATHER_NOT_TEXT = _("I'd rather not say")
YES_TEXT, NO_TEXT = _("Yes"), _("No")


class Kind(StrEnum):
    """How a question is answered, and so what its answer's value looks like."""

    YES_NO = "yes_no"  # "yes", "no"
    CHOICE = "choice"  # one of the choices
    MENU = "menu"  # the same, from a long list in groups
    MANY = "many"  # list of choices
    BODY_MAP = "body_map"  # list of areas
    SCALE = "scale"  # 0 to 10
    SHEET = "sheet"  # list of the statements ticked; "none" alone says: none of them
    DATE = "date"  # a partial date, see dates.py
    DAY = "day"  # one full day, YYYY-MM-DD
    NUMBER = "number"  # a whole number
    TEXT = "text"
    LONG_TEXT = "long_text"


@dataclass(frozen=True)
class Choice:
    value: str
    text: str
    means: str | bool | None = None  # the fact's value where it differs from `value`; None: the value itself
    group: str = ""


YES_OR_NO = (Choice("yes", YES_TEXT, True), Choice("no", NO_TEXT, False))


@dataclass(frozen=True)
class Question:
    """One question, one entry. `text` is what is shown; `facts` are the paths of the facts contract it speaks for.

    A date's second fact is what its extra choice says ("still going on"). `column` names where a row's or the
    person's answer is kept (a row's pair of columns is separated by a blank, in the order of `facts`).
    """

    key: str
    kind: Kind
    text: str
    help: str = ""
    choices: tuple[Choice, ...] = ()
    asked_if: Condition | None = None
    facts: tuple[str, ...] = ()
    core: bool = True
    dont_know: bool = True
    rather_not: bool = False
    column: str = ""
    seconds: int = 10
    low: str = ""
    high: str = ""
    least: int = 0
    most: int = 0  # of a number: its greatest value; of a text: its length (0: as the kind has it)
    not_before: str = ""  # the key of a date on the same page that this one cannot lie before
    in_row: bool = False
    instrument: str = ""  # PEG, RMDQ, NRS; its words are the instrument itself
    autocomplete: str = ""
    suggestions: tuple[str, ...] = ()

    @property
    def alone(self) -> tuple[str, ...]:
        """Choices that cannot stand beside another one."""
        return tuple(value for value in ("none", DONT_KNOW, RATHER_NOT) if value in self.values)

    @property
    def offered(self) -> tuple[Choice, ...]:
        """All choices, those that every question may have included."""
        own = YES_OR_NO if self.kind is Kind.YES_NO else self.choices
        if self.kind in (Kind.TEXT, Kind.LONG_TEXT):
            return ()
        unsure = (Choice(DONT_KNOW, DONT_KNOW_TEXT),) if self.dont_know else ()
        unwilling = (Choice(RATHER_NOT, RATHER_NOT_TEXT),) if self.rather_not else ()
        return (*own, *unsure, *unwilling)

    @property
    def values(self) -> frozenset[str]:
        return frozenset(choice.value for choice in self.offered)

    def meaning(self, value: object) -> object:
        """What one chosen value says of the fact."""
        chosen = next((choice for choice in self.offered if choice.value == value), None)
        return value if chosen is None or chosen.means is None else chosen.means


@dataclass(frozen=True)
class Page:
    """One question, or one small group, asked together."""

    slug: str
    questions: tuple[Question, ...]
    title: str = ""  # the page's heading; empty: its only question is the heading
    lead: str = ""
    verb: str = ""  # the words on the button, where they are not "Continue"
    credit: str = ""  # whose instrument this is
    stops: bool = False  # a "yes" here may be urgent
    worry: str = ""  # a short word where the fear is
    asked_if: Condition | None = None


@dataclass(frozen=True)
class Rows:
    """A list that the person fills row by row, each on a page of its own."""

    slug: str
    title: str
    lead: str
    row_title: str
    add: str
    nothing_yet: str
    model: str  # Therapy, Injection, OtherInjection, BloodThinner or Study, the nouns of the record
    listed_as: str  # the statement that says "asked, and there is none"
    gate: str  # the question whose "no" says so
    questions: tuple[Question, ...]  # asked on the row's page
    more: tuple[Question, ...] = ()  # offered below, folded away
    more_title: str = ""
    fixed: Mapping[str, object] = field(default_factory=dict)  # columns that are the same for every row here
    counts_care: bool = False
    documents: str = ""  # the field by which a document names such a row
    asked_if: Condition | None = None

    @property
    def all_questions(self) -> tuple[Question, ...]:
        return (*self.questions, *self.more)


Step = Page | Rows


@dataclass(frozen=True)
class Section:
    key: str
    title: str
    steps: tuple[Step, ...]
