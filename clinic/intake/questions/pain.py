"""The pain: where it is, since when, and how it began and feels; how strong it is, `strength.py` asks."""

from .conditions import Is
from .shape import Choice, Kind, Page, Question, Section
from .shape import marked as _
from .strength import FUNCTION, LIFE, PEG, RMDQ, STRENGTH

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

PAIN = Section(
    "pain",
    _("Your pain"),
    (WHERE, REGION, TRAVELS, MOVING, FEELING, ONSET, HOW, STRENGTH, LIFE, PEG, RMDQ, FUNCTION),
)
