"""At which moment of the way a patient is after a decision, for the pages of the library. Pure: it reads no clock."""

from datetime import date, timedelta

# "Judge at two weeks": University of Illinois, procedure page, https://hospital.uillinois.edu
JUDGED_AFTER = timedelta(days=14)
AFTER = {
    "candidate": ("decided_candidate", "before_injection"),
    "not_yet": ("decided_more_needed",),
    "see_in_clinic": ("decided_more_needed",),
    "not_a_candidate": ("decided_not_candidate",),
}


def moments(outcome: str, decided_on: date, injected_on: date | None, today: date) -> tuple[str, ...]:
    """Keys of the library's moments: before an injection until one is on record, after it, in the window of relief."""
    if outcome != "candidate" or injected_on is None or not decided_on <= injected_on <= today:
        return AFTER.get(outcome, ())
    return ("after_injection",) if today - injected_on < JUDGED_AFTER else ("relief",)
