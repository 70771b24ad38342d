"""What one check-in asks, in which words. Pure.

Pain is asked in the words of the baseline, and only where a whole week is behind it is it the baseline's own question.
The instruments are those of the intake, word for word; where none is published in the language, our own questions.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace

from clinic.intake.questions.shape import Choice, Kind, Question
from clinic.intake.questions.shape import marked as _
from clinic.intake.questions.strength import FUNCTION, PEG, RMDQ, STRENGTH

from .plan import Recall

PUBLISHED_IN = "en"  # the one language in which the instruments are at hand
_now, _average, _worst = STRENGTH.questions
_average = replace(_average, key="pain", text=_("How strong is your pain on average?"))
PAIN = {
    Recall.NOW: replace(_now, key="pain"),
    Recall.DAY: replace(_average, help=_("Think of the time since yesterday.")),
    Recall.WEEK: _average,
}
# In per cent, as the payers ask it; by how much it is worse, the scores say.
RELIEF = Question(
    key="relief",
    kind=Kind.SCALE,
    text=_("How much better is your pain than before the injection?"),
    help=_("In percent: 0 is not better at all, 100 is no pain any more."),
    choices=(Choice("worse", _("It is worse than before")),),
    low=_("not better"),
    high=_("no pain any more"),
)
UNTIL = Question(
    key="until",
    kind=Kind.DAY,
    text=_("On which day did it last help?"),
    help=_("For example: June 12, 2026. If you don't know, leave it empty."),
    dont_know=False,
    core=False,
)
BETTER = Question(
    key="better_or_less_medicine",
    kind=Kind.YES_NO,
    text=_("Can you do more than before the injection, or do you need less pain medicine?"),
    in_row=True,
)
SIGNS = Question(
    key="signs",
    kind=Kind.MANY,
    text=_("Do you have any of these, or did you in the last few days?"),
    help=_("Only what is new since the injection. If you have one, you need help today, and we tell you where."),
    choices=(
        Choice("progressive_weakness", _("New weakness in an arm or a leg")),
        Choice("bladder_or_bowel_change", _("New trouble with passing urine or stool, or with holding it")),
        Choice("saddle_numbness", _("Lost feeling between the legs or around the bottom")),
        Choice("fever_or_chills", _("Fever or shaking chills")),
        Choice("severe_headache", _("A very strong headache")),
        Choice("none", _("None of these")),
    ),
    dont_know=False,
)


def scales(long: bool, baseline: Collection[str], language: str) -> tuple[tuple[Question, ...], ...]:
    """On a long day the instruments of the baseline; or, where none is at hand, our own questions about the day."""
    if not long:
        return ()
    if language != PUBLISHED_IN:
        return (FUNCTION.questions,)
    return tuple(page.questions for name, page in (("PEG", PEG), ("RMDQ", RMDQ)) if name in baseline)


def asked(recall: str, long: bool, baseline: Collection[str], language: str) -> Iterator[Question]:
    """Everything that is asked, in its order. The signs stand last: nobody sends the page without having seen them."""
    yield PAIN[Recall(recall)]
    yield RELIEF
    if recall != Recall.NOW:
        yield UNTIL
    if long:
        yield BETTER
    for page in scales(long, baseline, language):
        yield from page
    yield SIGNS
