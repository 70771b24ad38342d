"""What a practice is asked for: each piece of a record in a clinician's words, and the facts that it tells. Pure.

A practice that treats may be asked for a record for treatment without an authorization (45 CFR 164.506(c)(2)), and
what is asked need not be the minimum then (164.502(b)(2)(i)); we ask for no more than is missing all the same. Notes of
a therapist about what was said in counselling need an authorization always (164.508(a)(2)).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

MEDICINES = frozenset(
    {
        *("nsaid", "acetaminophen", "muscle_relaxant", "neuropathic_agent", "oral_steroid"),
        *("opioid", "topical", "antiviral"),
    }
)
HANDS_ON = frozenset({"physical_therapy", "chiropractic", "acupuncture", "massage"})
COUNSELLING = frozenset({"behavioural_therapy", "behavioural_evaluation"})


@dataclass(frozen=True)
class Piece:
    """One thing to send; `facts` are the names inside a row of the facts contract, `kinds` empty means every kind."""

    key: str
    words: str
    facts: tuple[str, ...]
    kinds: frozenset[str] = frozenset()


def _(words: str) -> str:
    """Marks words for translation; the letter shows them to the patient in their language where they sign."""
    return words


THERAPY = (
    Piece("dates", _("First and last day of care, or that it is still going on"), ("from", "to", "ongoing")),
    Piece("visits", _("Number of visits"), ("sessions",), HANDS_ON | COUNSELLING),
    Piece("exercise", _("Plan of care, and whether it included active exercise"), ("active_exercise",), HANDS_ON),
    Piece("medicine", _("Drug, dose and period prescribed"), ("name", "therapeutic_dose"), MEDICINES),
    Piece("order", _("Who ordered or prescribed it"), ("prescribed",)),
    Piece("outcome", _("Outcome at the end, with any score on a named scale"), ("outcome",)),
    Piece(
        "intolerance",
        _("Documented intolerance or contraindication: what happened, and why it was stopped or not begun"),
        ("intolerance_documented",),
    ),
)
INJECTION = (
    Piece(
        "procedure",
        _("Procedure note: date, region, side, approach and levels"),
        ("on", "region", "side", "approach", "level_count"),
    ),
    Piece("drug", _("Steroid injected, with its dose"), ("drug", "dose_mg")),
    Piece("scores", _("Pain and function scores before and after, each with its scale and date"), ("before", "after")),
    Piece(
        "relief",
        _("Follow-up notes: relief in percent, how long it lasted, function, use of pain medicine"),
        ("patient_relief_percent", "relief_until", "relief_lasting", "function_better_or_less_medicine"),
    ),
)
IMAGING = (
    Piece(
        "report",
        _("Written report of the study: date, findings by level and side (no images)"),
        ("modality", "on", "finding", "level", "side", "acute_injury", "concordant"),
    ),
)
NERVE_STUDY = (
    Piece("report", _("Written report of the nerve study"), ("on", "shows_radiculopathy", "root", "concordant")),
)
PIECES = {"therapies": THERAPY, "injections": INJECTION, "imaging": IMAGING, "electrodiagnostics": NERVE_STUDY}
# What is worth asking for where no clause misses a fact, so that the patient's word is backed up.
USUAL = {
    "therapies": ("dates", "visits", "medicine", "outcome"),
    "injections": ("procedure", "drug", "relief"),
    "imaging": ("report",),
    "electrodiagnostics": ("report",),
}


def pieces(listed: str, kind: str = "") -> list[Piece]:
    """What can be asked for of a row of the list `listed`; `kind` is a therapy's."""
    return [piece for piece in PIECES[listed] if not piece.kinds or kind in piece.kinds]


def that_tell(facts: Iterable[str], listed: str, kind: str = "") -> list[str]:
    """The keys of the pieces that tell these facts; the usual ones where there are no facts to tell."""
    sought, offered = set(facts), pieces(listed, kind)
    found = [piece.key for piece in offered if sought & set(piece.facts)]
    return found or [piece.key for piece in offered if piece.key in USUAL[listed]]


def in_words(keys: Iterable[str], listed: str) -> list[str]:
    """What was asked for, as the request prints it, in the order of the list."""
    chosen = set(keys)
    return [piece.words for piece in PIECES[listed] if piece.key in chosen]


def given_by_somebody(listed: str, kind: str, practice: str) -> bool:
    """Whether a practice has a record of a row, as far as is known: nobody keeps one of ice at home."""
    return listed != "therapies" or bool(practice) or kind in HANDS_ON | COUNSELLING


def permission(rows: Sequence[Any]) -> bool | None:
    """What the patient's side said to "may we ask them for the record of it", from the current rows of one entry.

    A "no" weighs more than a "yes". None where nobody asked: an injection or a study has no such question.
    """
    said = [getattr(row, "may_request_record", None) for row in rows]
    return False if False in said else True if True in said else None
