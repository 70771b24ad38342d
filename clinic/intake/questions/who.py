"""Who is filling this in."""

from .conditions import Is
from .shape import Choice, Kind, Page, Question, Section
from .shape import marked as _

FILLING_IN = Question(
    key="filling_in",
    kind=Kind.CHOICE,
    text=_("Who is answering these questions?"),
    help=_("We write down who said what. Both ways are fine."),
    choices=(
        Choice("patient", _("The person who has the pain")),
        Choice("somebody", _("Somebody who answers for that person")),
    ),
    dont_know=False,
)
HELPER_NAME = Question(
    key="helper_name",
    kind=Kind.TEXT,
    text=_("Name of the person who answers"),
    asked_if=Is("filling_in", "somebody"),
    most=100,
)
HELPER_RELATION = Question(
    key="helper_relation",
    kind=Kind.TEXT,
    text=_("How this person is related to the patient"),
    help=_("For example: daughter, husband, neighbor, interpreter."),
    asked_if=Is("filling_in", "somebody"),
    most=100,
)

WHO = Section("who", _("Who is filling this in"), (Page("person", (FILLING_IN, HELPER_NAME, HELPER_RELATION)),))
