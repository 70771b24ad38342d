"""The person: what the clinic needs to reach them, and to ask their insurance."""

from .conditions import Every, Is, YoungerThan
from .shape import Choice, Kind, Page, Question, Section
from .shape import marked as _


def _line(key: str, text: str, *, most: int, core: bool = True, help: str = "", autocomplete: str = "") -> Question:
    """A line of text about the person, kept in the column of the same name."""
    return Question(
        key=key, kind=Kind.TEXT, text=text, help=help, core=core, column=key, most=most, autocomplete=autocomplete
    )


NAME = Page(
    "name",
    (
        _line("given_name", _("First name"), most=100, autocomplete="given-name"),
        _line("family_name", _("Last name"), most=100, autocomplete="family-name"),
        Question(
            key="birth_date",
            kind=Kind.DAY,
            text=_("Date of birth"),
            help=_("For example: 2 March 1974."),
            dont_know=False,
            column="birth_date",
        ),
    ),
    title=_("Who is the patient?"),
)
SEX = Question(
    key="sex",
    kind=Kind.CHOICE,
    text=_("Sex in your medical record"),
    choices=(Choice("female", _("Female")), Choice("male", _("Male")), Choice("other", _("Other"))),
    dont_know=False,
    rather_not=True,
    column="sex",
)
PREGNANT = Question(
    key="pregnant",
    kind=Kind.YES_NO,
    text=_("Are you pregnant, or could you be?"),
    help=_("The injection uses X-rays, so your doctor must know."),
    asked_if=Every(Is("sex", "female", "other", "pns"), YoungerThan("birth_date", 60)),
    facts=("patient.pregnant",),
    rather_not=True,
)
REACH = Page(
    "reach",
    (
        _line("phone", _("Phone number"), most=40, autocomplete="tel", help=_("We call you on this number.")),
        Question(
            key="language",
            kind=Kind.CHOICE,
            text=_("Language you prefer to speak with us"),
            choices=(Choice("en", "English"), Choice("es", "Español")),
            dont_know=False,
            column="language",
            in_row=True,
        ),
        Question(
            key="interpreter",
            kind=Kind.YES_NO,
            text=_("Do you want an interpreter at your visit?"),
            help=_("It costs you nothing."),
            dont_know=False,
            column="interpreter",
            in_row=True,
        ),
    ),
    title=_("How do we reach you?"),
)
INSURANCE = Page(
    "insurance",
    (
        _line("payer", _("Who pays for your care?"), most=100, help=_("The name on your card, for example Medicare.")),
        _line("plan_name", _("Name of your plan"), most=100, core=False),
        _line("member_id", _("Member number on your card"), most=60, core=False),
        _line(
            "primary_care",
            _("Your primary care doctor or practice"),
            most=200,
            core=False,
            help=_("The name, and the town if you know it."),
        ),
    ),
    title=_("Your insurance and your own doctor"),
)

ABOUT = Section(
    "about",
    _("About you"),
    (NAME, Page("sex", (SEX,)), Page("pregnancy", (PREGNANT,)), REACH, INSURANCE),
)
