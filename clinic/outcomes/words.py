"""What the results are called. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from clinic.treatment.procedure.choices import COMPLICATIONS

KINDS = dict(COMPLICATIONS)


@dataclass(frozen=True)
class Words:
    """One measure: its title, what its share is, its columns, and why sessions are in none of them."""

    title: str
    share: str  # "63% at least half better"
    of: str  # "… (118 of 190)": of how many, where the share is not shown
    said: str
    columns: tuple[str, ...]
    rest: tuple[str, ...] = ()


def _relief(when: str, days: int) -> Words:
    return Words(
        title=f"Relief after {when}",
        share="at least half better",
        of="answered",
        said=(
            f"The patient's own word {when} after the session, of those who answered. The check-in that counts is due "
            f"within {days} days of then."
        ),
        columns=("Asked", "Answered", "At least half better"),
        rest=(
            "had another injection of the region before then",
            "reached by no mail and no call",
            f"not {when} old yet",
        ),
    )


WORDS: Mapping[str, Words] = {
    "two_weeks": _relief("2 weeks", 4),
    "three_months": _relief("3 months", 14),
    "therapy": Words(
        title="Physical therapy started within 14 days",
        share="started within 14 days",
        of="to be referred",
        said=(
            "Of sessions after which the doctor chose a referral to physical therapy: a first visit, or a therapy on "
            "the record that began on a known day, from the day of the session to 14 days after it."
        ),
        columns=("To be referred", "Started in 14 days"),
        rest=(
            "go on with a therapy that they were in",
            "home exercise alone",
            "no rehabilitation chosen",
            "the 14 days are not over",
        ),
    ),
    "repeat": Words(
        title="Another injection within 12 months",
        share="injected again within 12 months",
        of="a year old",
        said=(
            "Of sessions that are more than 12 months old: another one of the same region, recorded here. What was "
            "injected elsewhere is not in it."
        ),
        columns=("More than a year old", "Injected again"),
        rest=("not yet more than 12 months old",),
    ),
    "complication": Words(
        title="Complications",
        share="with a complication",
        of="sessions",
        said="Of all sessions: those with a complication on record by now, on whatever day it was seen.",
        columns=("Sessions", "With a complication"),
    ),
}
GROUPINGS = {
    "region": "Region",
    "approach": "Approach",
    "diagnosis": "Diagnosis",
    "referrer": "Referrer",
    "quarter": "Quarter",
    "location": "Location",
}
