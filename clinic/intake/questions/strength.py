"""How strong the pain is and what it keeps from: the scores that payers ask for, and function in our own words."""

from . import instruments
from .conditions import Every, InEnglish, Is, Not
from .shape import Choice, Kind, Page, Question
from .shape import marked as _


def _scale(key: str, text: str, help: str = "") -> Question:
    return Question(
        key=key, kind=Kind.SCALE, text=text, help=help, low=_("no pain"), high=_("worst pain"), instrument="NRS"
    )


STRENGTH = Page(
    "strength",
    (
        _scale("nrs_now", _("How strong is your pain right now?")),
        _scale("nrs_average", _("How strong is it on average?"), _("Think of the last seven days.")),
        _scale("nrs_worst", _("How strong is it at its worst?"), _("Think of the last seven days.")),
    ),
    title=_("How strong is your pain?"),
    lead=_("0 is no pain. 10 is the worst pain that you can think of."),
)
LIFE = Page(
    "life",
    (
        Question(
            key="severity",
            kind=Kind.CHOICE,
            text=_("In one word, your pain is …"),
            choices=(
                Choice("mild", _("Mild")),
                Choice("moderate", _("Moderate")),
                Choice("severe", _("Severe")),
            ),
            facts=("complaint.severity_in_words",),
            in_row=True,
        ),
        Question(
            key="limits",
            kind=Kind.YES_NO,
            text=_("Does the pain keep you from work, sleep, walking or other daily things?"),
            facts=("complaint.limits_daily_life",),
        ),
        Question(
            key="kept_from",
            kind=Kind.LONG_TEXT,
            text=_("What does it keep you from?"),
            help=_("In your own words. For example: “I cannot stand long enough to cook.”"),
            asked_if=Is("limits", "yes"),
            core=False,
            most=4000,
            seconds=40,
        ),
    ),
    title=_("What the pain does to your days"),
)


def _peg(key: str, text: str, low: str, high: str) -> Question:
    return Question(
        key=key,
        kind=Kind.SCALE,
        text=text,
        low=low,
        high=high,
        dont_know=False,
        rather_not=True,
        instrument="PEG",
        asked_if=InEnglish("peg_pain"),
    )


PEG = Page(
    "peg",
    (
        _peg("peg_pain", instruments.PEG_PAIN, instruments.NO_PAIN, instruments.WORST_PAIN),
        _peg("peg_enjoyment", instruments.PEG_ENJOYMENT, instruments.NO_INTERFERENCE, instruments.FULL_INTERFERENCE),
        _peg("peg_activity", instruments.PEG_ACTIVITY, instruments.NO_INTERFERENCE, instruments.FULL_INTERFERENCE),
    ),
    title=_("Three questions about the past week"),
    lead=_("We ask the same three questions again later, to see what has changed."),
    credit=instruments.PEG_CREDIT,
)
RMDQ = Page(
    "back-sheet",
    (
        Question(
            key="rmdq",
            kind=Kind.SHEET,
            text=_("Which of these are true for you today?"),
            help=_("Choose every sentence that describes you today. Leave the others."),
            choices=(
                *(Choice(str(number), text) for number, text in enumerate(instruments.RMDQ, 1)),
                Choice("none", _("None of these")),
            ),
            dont_know=False,
            rather_not=True,
            instrument="RMDQ",
            asked_if=Every(Is("region", "lumbar"), InEnglish("rmdq")),
            seconds=90,
        ),
    ),
    verb=_("These are all"),
    credit=instruments.RMDQ_CREDIT,
)
HARDNESS = (
    Choice("easy", _("Easy")),
    Choice("hard", _("Hard")),
    Choice("cannot", _("I cannot do it")),
)


def _function(key: str, text: str) -> Question:
    """Our own question about function, where no published instrument is at hand in the language; never scored."""
    return Question(
        key=key,
        kind=Kind.CHOICE,
        text=text,
        choices=HARDNESS,
        asked_if=Not(InEnglish("peg_pain")),
        in_row=True,
    )


FUNCTION = Page(
    "daily",
    (
        _function("do_sleep", _("Sleep through the night")),
        _function("do_sit", _("Sit for half an hour")),
        _function("do_stand", _("Stand for half an hour")),
        _function("do_walk", _("Walk around the block")),
        _function("do_dress", _("Dress yourself, with socks and shoes")),
        _function("do_house", _("Do your work at home or at your job")),
    ),
    title=_("How are these for you these days?"),
)
