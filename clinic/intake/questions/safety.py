"""The safety check: six urgent signs, any one of which stops the intake, and three that the doctor must settle.

The signs are those of the facts contract; the wording is ours. Any one counts, which is the strictest of the rules
in the sources (emergency-care advice on cauda equina differs: any one, or two).
"""

from .shape import Kind, Page, Question, Section
from .shape import marked as _


def _sign(key: str, text: str, help: str = "", *, rather_not: bool = False) -> Question:
    return Question(
        key=key,
        kind=Kind.YES_NO,
        text=text,
        help=help,
        facts=(f"red_flags.{key}",),
        rather_not=rather_not,
        in_row=True,
        seconds=8,
    )


URGENT = (
    _sign(
        "saddle_numbness",
        _("Have you lost feeling, or do you feel tingling, between your legs, around your bottom or private parts?"),
        _("For example, wiping feels different."),
    ),
    _sign(
        "bladder_or_bowel_change",
        _("Is it newly hard to pass urine, or do you leak urine or stool without wanting to?"),
    ),
    _sign(
        "progressive_weakness",
        _("Is an arm or a leg getting weaker from day to day?"),
        _("For example, your foot drags, or your knee gives way more and more."),
    ),
    _sign(
        "gait_or_hand_clumsiness",
        _("Have your hands become clumsy, or has your walk become unsteady?"),
        _("For example, you drop things, or cannot button a shirt any more."),
    ),
    _sign("fever_or_chills", _("Have you had a fever or shaking chills together with this pain?")),
    _sign(
        "major_trauma",
        _("Did this pain begin with a bad accident?"),
        _("For example, a car crash or a fall from a height. For an older person, a simple fall counts too."),
    ),
)
BACKGROUND = (
    _sign("cancer_history", _("Have you ever had cancer?")),
    _sign("unexplained_weight_loss", _("Have you lost weight without trying?")),
    _sign(
        "intravenous_drug_use",
        _("Have you ever injected drugs that were not prescribed?"),
        _("We ask everybody. It helps us to keep you safe from infection."),
        rather_not=True,
    ),
)

SAFETY = Section(
    "safety",
    _("Safety check"),
    (
        Page(
            "now",
            URGENT,
            title=_("Is any of this happening to you now?"),
            lead=_("These signs are rare. If you have one, you need to be seen today, and we tell you where."),
            stops=True,
        ),
        Page(
            "before",
            BACKGROUND,
            title=_("Three questions about your past health"),
            lead=_("A “yes” is not bad news. Your doctor will just talk with you about it."),
        ),
    ),
)
