"""The pain: where, since when, how strong, and what it keeps the person from."""

from . import instruments
from .conditions import Every, InEnglish, Is, Not
from .shape import Choice, Kind, Page, Question, Section
from .shape import marked as _

AREAS = (
    Choice("neck", _("Neck")),
    Choice("chest", _("Chest")),
    Choice("mid_back", _("Mid back")),
    Choice("low_back", _("Low back")),
    Choice("groin", _("Groin")),
    Choice("left_shoulder", _("Left shoulder")),
    Choice("right_shoulder", _("Right shoulder")),
    Choice("left_arm", _("Left arm")),
    Choice("right_arm", _("Right arm")),
    Choice("left_hand", _("Left hand")),
    Choice("right_hand", _("Right hand")),
    Choice("left_buttock", _("Left buttock")),
    Choice("right_buttock", _("Right buttock")),
    Choice("left_thigh", _("Left thigh")),
    Choice("right_thigh", _("Right thigh")),
    Choice("left_calf", _("Left lower leg")),
    Choice("right_calf", _("Right lower leg")),
    Choice("left_foot", _("Left foot")),
    Choice("right_foot", _("Right foot")),
)
REGIONS = (
    Choice("cervical", _("Neck")),
    Choice("thoracic", _("Mid back")),
    Choice("lumbar", _("Low back")),
)
SIDES = (
    Choice("left", _("Left")),
    Choice("right", _("Right")),
    Choice("both", _("Both sides")),
    Choice("midline", _("In the middle")),
)
WHERE = Page(
    "where",
    (
        Question(
            key="areas",
            kind=Kind.BODY_MAP,
            text=_("Where does it hurt?"),
            help=_("Tap the picture, or choose from the list. Choose all that hurt."),
            choices=AREAS,
            dont_know=False,
            seconds=30,
        ),
    ),
)
REGION = Page(
    "region",
    (
        Question(
            key="region",
            kind=Kind.CHOICE,
            text=_("Which part of your spine is this visit about?"),
            choices=REGIONS,
            facts=("complaint.region",),
        ),
        Question(
            key="side",
            kind=Kind.CHOICE,
            text=_("Which side is worse?"),
            choices=SIDES,
            facts=("complaint.side",),
        ),
    ),
    title=_("The main place of your pain"),
    lead=_("If two parts hurt, choose the one that you want help with now."),
)
TRAVELS = Page(
    "travels",
    (
        Question(
            key="travels",
            kind=Kind.MANY,
            text=_("Where does the pain travel?"),
            help=_("Choose all that are true."),
            choices=(
                Choice("none", _("It stays in one place")),
                Choice("shoulder", _("Into the shoulder")),
                Choice("arm", _("Down the arm")),
                Choice("hand", _("Into the hand or fingers")),
                Choice("chest", _("Around the chest")),
                Choice("buttock", _("Into the buttock")),
                Choice("thigh", _("Down the leg, above the knee")),
                Choice("calf", _("Down the leg, below the knee")),
                Choice("foot", _("Into the foot or toes")),
            ),
            seconds=20,
        ),
    ),
)
EFFECTS = (
    Choice("worse", _("Worse")),
    Choice("better", _("Better")),
    Choice("same", _("The same")),
)


def _effect(key: str, text: str) -> Question:
    return Question(key=key, kind=Kind.CHOICE, text=text, choices=EFFECTS, in_row=True)


MOVING = Page(
    "moving",
    (
        _effect("walking", _("When you walk or stand, is the pain worse or better?")),
        _effect("sitting", _("When you sit or bend forward, is the pain worse or better?")),
    ),
    title=_("What changes the pain?"),
)
FEELING = Page(
    "feeling",
    (
        Question(
            key="numbness",
            kind=Kind.YES_NO,
            text=_("Do you have numbness or tingling?"),
        ),
        Question(
            key="numb_where",
            kind=Kind.TEXT,
            text=_("Where?"),
            asked_if=Is("numbness", "yes"),
            core=False,
            most=200,
        ),
        Question(
            key="weakness",
            kind=Kind.YES_NO,
            text=_("Is an arm or a leg weak?"),
        ),
        Question(
            key="weak_where",
            kind=Kind.TEXT,
            text=_("Which one, and what is hard to do?"),
            asked_if=Is("weakness", "yes"),
            core=False,
            most=200,
        ),
    ),
    title=_("Numbness and weakness"),
)
ONSET = Page(
    "began",
    (
        Question(
            key="onset",
            kind=Kind.DATE,
            text=_("When did this pain begin?"),
            help=_("A rough idea is fine."),
            facts=("complaint.onset",),
            seconds=20,
        ),
        Question(
            key="worsened",
            kind=Kind.YES_NO,
            text=_("Has it suddenly become much worse since then?"),
            in_row=True,
        ),
        Question(
            key="exacerbated_on",
            kind=Kind.DATE,
            text=_("When did it become much worse?"),
            facts=("complaint.exacerbated_on",),
            asked_if=Is("worsened", "yes"),
            not_before="onset",
            seconds=20,
        ),
    ),
    title=_("Since when?"),
    lead=_("Your doctor and your insurance look at how many weeks you have had this pain."),
)
HOW = Page(
    "how",
    (
        Question(
            key="how_it_began",
            kind=Kind.CHOICE,
            text=_("How did this pain begin?"),
            choices=(
                Choice("slowly", _("Slowly, without a reason that I know")),
                Choice("suddenly", _("Suddenly, without a reason that I know")),
                Choice("lifting", _("When I lifted, bent or turned")),
                Choice("injury", _("With a fall or another injury")),
                Choice("operation", _("After an operation")),
                Choice("rash", _("With a painful rash (shingles)")),
            ),
        ),
        Question(
            key="injury_what",
            kind=Kind.TEXT,
            text=_("What happened?"),
            asked_if=Is("how_it_began", "lifting", "injury", "operation"),
            core=False,
            most=500,
        ),
    ),
)


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

PAIN = Section(
    "pain",
    _("Your pain"),
    (WHERE, REGION, TRAVELS, MOVING, FEELING, ONSET, HOW, STRENGTH, LIFE, PEG, RMDQ, FUNCTION),
)
