"""Medicines and health: what the doctor must settle before a needle goes near the spine."""

from .conditions import Is
from .medicines import SUGGESTIONS
from .shape import Kind, Page, Question, Rows, Section
from .shape import marked as _

ANY_THINNER = Question(
    key="any_thinner",
    kind=Kind.YES_NO,
    text=_("Do you take a medicine that thins the blood?"),
    help=_(
        "For example: aspirin, warfarin (Coumadin), apixaban (Eliquis), rivaroxaban (Xarelto), clopidogrel (Plavix). "
        "Do not stop any medicine because of this question."
    ),
)
THINNERS = Rows(
    slug="blood-thinners",
    title=_("Your blood thinners"),
    lead=_("One entry for each medicine. Keep taking them until your doctor tells you otherwise."),
    row_title=_("A blood thinner"),
    add=_("Add a blood thinner"),
    nothing_yet=_("Nothing is listed yet. Add the medicine that thins your blood."),
    model="BloodThinner",
    listed_as="blood_thinners",
    gate="any_thinner",
    questions=(
        Question(
            key="as_written",
            kind=Kind.TEXT,
            text=_("What is it called?"),
            help=_("The name on the box, or what the pharmacy calls it."),
            column="as_written",
            most=100,
            suggestions=SUGGESTIONS,
        ),
        Question(
            key="last_taken",
            kind=Kind.DAY,
            text=_("When did you last take it?"),
            help=_("For example: today, or 2 March 2026."),
            facts=("blood_thinners[].last_taken",),
            column="last_taken",
        ),
    ),
    asked_if=Is("any_thinner", "yes"),
)
OTHER_MEDICINES = Question(
    key="other_medicines",
    kind=Kind.LONG_TEXT,
    text=_("What other medicines do you take?"),
    help=_("Also what you buy without a prescription. You can leave this empty and bring your list."),
    core=False,
    most=4000,
    seconds=40,
)


def _allergy(key: str, text: str, help: str = "") -> Question:
    return Question(
        key=f"allergy_{key}", kind=Kind.YES_NO, text=text, help=help, facts=(f"allergies.{key}",), in_row=True
    )


ALLERGIES = Page(
    "allergies",
    (
        _allergy("contrast", _("Bad reaction to X-ray dye (contrast)"), _("The liquid that is given for some scans.")),
        _allergy("steroid", _("Bad reaction to steroids, such as cortisone")),
        _allergy("local_anaesthetic", _("Bad reaction to numbing medicine"), _("Such as the shot at the dentist.")),
        Question(
            key="other_allergies",
            kind=Kind.TEXT,
            text=_("Any other allergy?"),
            core=False,
            most=500,
        ),
    ),
    title=_("Have you ever had one of these?"),
)


def _condition(key: str, text: str, help: str = "") -> Question:
    return Question(key=key, kind=Kind.YES_NO, text=text, help=help, facts=(f"conditions.{key}",), in_row=True)


TODAY = Page(
    "now",
    (
        _condition(
            "infection", _("An infection now"), _("For example in the bladder, a tooth, the lungs or the skin.")
        ),
        _condition("bleeding_disorder", _("A bleeding disorder"), _("You bleed or bruise very easily.")),
        _condition(
            "immunosuppressed",
            _("A weak immune system"),
            _("From an illness, or from medicine such as steroids, chemotherapy or after a transplant."),
        ),
    ),
    title=_("Do you have one of these?"),
)
DIABETES = Page(
    "diabetes",
    (
        Question(
            key="diabetes",
            kind=Kind.YES_NO,
            text=_("Do you have diabetes?"),
            help=_("A steroid can raise the blood sugar for some days."),
            facts=("conditions.diabetes",),
        ),
        Question(
            key="diabetes_controlled",
            kind=Kind.YES_NO,
            text=_("Is your blood sugar well controlled?"),
            asked_if=Is("diabetes", "yes"),
            facts=("conditions.diabetes_controlled",),
            in_row=True,
        ),
    ),
)
LONGER = Page(
    "longer",
    (
        _condition("glaucoma", _("Glaucoma"), _("High pressure in the eye.")),
        _condition("heart_failure", _("Heart failure")),
        _condition("kidney_disease", _("Kidney disease")),
    ),
    title=_("And one of these?"),
)
SURGERY = Page(
    "surgery",
    (
        Question(
            key="spine_surgery",
            kind=Kind.YES_NO,
            text=_("Have you had surgery on your neck or back?"),
        ),
        Question(
            key="spine_surgery_what",
            kind=Kind.TEXT,
            text=_("What was done, and when?"),
            asked_if=Is("spine_surgery", "yes"),
            core=False,
            most=500,
        ),
    ),
)

HEALTH = Section(
    "health",
    _("Medicines and health"),
    (
        Page("thinning", (ANY_THINNER,)),
        THINNERS,
        Page("medicines", (OTHER_MEDICINES,)),
        ALLERGIES,
        TODAY,
        DIABETES,
        LONGER,
        SURGERY,
    ),
)
