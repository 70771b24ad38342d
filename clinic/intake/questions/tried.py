"""What was tried: the ledger. Five things are asked of each treatment; the rest is offered."""

from .conditions import Is, Not
from .shape import Choice, Kind, Page, Question, Rows, Section
from .shape import marked as _

PILLS, MOVES, HOME, TALK = _("Medicine"), _("Exercise and hands-on care"), _("What you do at home"), _("Other")
KINDS = (
    Choice("nsaid", _("Anti-inflammatory pills (ibuprofen, naproxen, Advil, Aleve)"), group=PILLS),
    Choice("acetaminophen", _("Acetaminophen (Tylenol)"), group=PILLS),
    Choice("muscle_relaxant", _("Muscle relaxer (cyclobenzaprine, Flexeril)"), group=PILLS),
    Choice("neuropathic_agent", _("Nerve pain medicine (gabapentin, Lyrica, duloxetine)"), group=PILLS),
    Choice("oral_steroid", _("Steroid pills (prednisone, Medrol pack)"), group=PILLS),
    Choice("opioid", _("Strong pain pills, opioids (tramadol, oxycodone)"), group=PILLS),
    Choice("topical", _("Cream, gel or patch"), group=PILLS),
    Choice("antiviral", _("Medicine for shingles"), group=PILLS),
    Choice("physical_therapy", _("Physical therapy"), group=MOVES),
    Choice("home_exercise", _("Exercises at home"), group=MOVES),
    Choice("chiropractic", _("Chiropractor"), group=MOVES),
    Choice("acupuncture", _("Acupuncture"), group=MOVES),
    Choice("massage", _("Massage"), group=MOVES),
    Choice("tens", _("TENS (a small device with electric pulses)"), group=MOVES),
    Choice("heat_or_cold", _("Heat or ice"), group=HOME),
    Choice("brace", _("Brace or collar"), group=HOME),
    Choice("activity_modification", _("Doing things differently, less lifting or sitting"), group=HOME),
    Choice("rest", _("Rest"), group=HOME),
    Choice("behavioural_therapy", _("Pain coping classes or counseling"), group=TALK),
    Choice("behavioural_evaluation", _("One visit with a psychologist about pain"), group=TALK),
    Choice("other", _("Something else"), group=TALK),
)
OUTCOMES = (
    Choice("lasting_help", _("It helped, and it still helps")),
    Choice("not_enough_help", _("It helped, but not enough")),
    Choice("no_lasting_help", _("It helped, but not for long")),
    Choice("no_help", _("It did not help")),
    Choice("made_worse", _("It made things worse")),
    Choice("not_tolerated", _("I could not take it or bear it")),
    Choice("contraindicated", _("A doctor told me not to do it")),
)
DONE = Not(Is("outcome", "contraindicated"))
THERAPY_QUESTIONS = (
    Question(
        key="kind",
        kind=Kind.MENU,
        text=_("What was it?"),
        choices=KINDS,
        facts=("therapies[].kind",),
        column="kind",
        dont_know=False,
        seconds=15,
    ),
    Question(
        key="outcome",
        kind=Kind.CHOICE,
        text=_("What did it do?"),
        choices=OUTCOMES,
        facts=("therapies[].outcome",),
        column="outcome",
    ),
    Question(
        key="from",
        kind=Kind.DATE,
        text=_("When did you start?"),
        facts=("therapies[].from",),
        column="from_date",
        asked_if=DONE,
        seconds=15,
    ),
    Question(
        key="to",
        kind=Kind.DATE,
        text=_("When did it end?"),
        choices=(Choice("going", _("I am still doing it"), True),),
        facts=("therapies[].to", "therapies[].ongoing"),
        column="to_date ongoing",
        asked_if=DONE,
        not_before="from",
        seconds=15,
    ),
    Question(
        key="prescribed",
        kind=Kind.CHOICE,
        text=_("Who told you to do it?"),
        choices=(
            Choice("prescribed", _("A doctor, therapist or other clinician"), True),
            Choice("own", _("Nobody, I did it on my own"), False),
        ),
        facts=("therapies[].prescribed",),
        column="prescribed",
        asked_if=DONE,
    ),
)


def _more(key: str, kind: Kind, text: str, column: str, *, help: str = "", most: int = 0, fact: str = "") -> Question:
    """Something that helps to know and that nobody has to say."""
    return Question(
        key=key,
        kind=kind,
        text=text,
        help=help,
        column=column,
        facts=(f"therapies[].{fact}",) if fact else (),
        core=False,
        most=most,
        in_row=kind is Kind.YES_NO,
        seconds=0,
    )


THERAPY_MORE = (
    _more(
        "name",
        Kind.TEXT,
        _("Name of the medicine and dose, or of the program"),
        "name",
        help=_("For example: naproxen 500 mg."),
        most=200,
        fact="name",
    ),
    _more("provider", Kind.TEXT, _("Who gave it, and where?"), "provider", help=_("Name and town."), most=200),
    _more("how_often", Kind.TEXT, _("How often?"), "how_often", help=_("For example: twice a day."), most=200),
    _more("sessions", Kind.NUMBER, _("How many visits?"), "sessions", most=999, fact="sessions"),
    _more(
        "active_exercise",
        Kind.YES_NO,
        _("Did you do exercises yourself as part of it?"),
        "active_exercise",
        fact="active_exercise",
    ),
    _more("why_stopped", Kind.LONG_TEXT, _("Why did you stop?"), "why_stopped", most=2000),
    _more(
        "advised_against",
        Kind.YES_NO,
        _("Did a clinician say that you must not do this?"),
        "advised_against",
    ),
    _more(
        "may_request_record",
        Kind.YES_NO,
        _("May we ask them for the record of it?"),
        "may_request_record",
        help=_("A record can help when your insurance asks what you have tried."),
    ),
)
ANY = Question(
    key="any_therapy",
    kind=Kind.YES_NO,
    text=_("Have you tried anything for this pain?"),
    help=_("Pills, exercises, physical therapy, heat or ice, rest: everything counts, also what you did on your own."),
)
THERAPIES = Rows(
    slug="therapies",
    title=_("What you have tried"),
    lead=_("One entry for each thing that you tried. A rough idea of the dates is fine."),
    row_title=_("Something that you tried"),
    add=_("Add something that you tried"),
    nothing_yet=_("Nothing is listed yet. Add the first thing that you tried."),
    model="Therapy",
    listed_as="therapies",
    gate="any_therapy",
    questions=THERAPY_QUESTIONS,
    more=THERAPY_MORE,
    more_title=_("Tell us more, if you like"),
    counts_care=True,
    documents="therapy_key",
    asked_if=Is("any_therapy", "yes"),
)

TRIED = Section("tried", _("What you have tried"), (Page("anything", (ANY,)), THERAPIES))
