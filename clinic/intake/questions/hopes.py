"""What the person hopes for, and what worries them: in their own words, for the doctor to read first."""

from .shape import Kind, Page, Question, Section
from .shape import marked as _


def _words(key: str, text: str, help: str) -> Question:
    return Question(key=key, kind=Kind.LONG_TEXT, text=text, help=help, core=False, most=4000, seconds=40)


HOPES = Section(
    "hopes",
    _("Hopes and worries"),
    (
        Page(
            "hope",
            (
                _words(
                    "hope",
                    _("What do you hope to do again?"),
                    _("For example: walk to the store, sleep all night, go back to work."),
                ),
            ),
        ),
        Page(
            "worry",
            (
                _words(
                    "worry",
                    _("What worries you?"),
                    _("Your doctor reads this before your visit. No worry is too small."),
                ),
            ),
            worry=_(
                "Most people feel a short sting and some pressure, and some feel it in the leg or arm. "
                "You can be sore for a few days. You can ask the doctor to stop at any time."
            ),
        ),
    ),
)
