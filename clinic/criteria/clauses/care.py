"""Rules on conservative care: how long, which therapies, and what could not be tolerated."""

from dataclasses import dataclass, replace

from clinic.criteria.care import Care, care_days, failed, intolerance, may_be_recent, most_if_ended_before
from clinic.criteria.clauses.rule import Rule, at_least, by_truth, unsaid
from clinic.criteria.contract import words as contract_words
from clinic.criteria.dates import add_months
from clinic.criteria.declared import count, rows, switch, words
from clinic.criteria.facts import Facts
from clinic.criteria.reasons import Reason
from clinic.criteria.shapes import Therapy
from clinic.criteria.truth import any_true, both, is_in
from clinic.criteria.verdicts import (
    CANNOT_TELL,
    MET,
    NOT_MET,
    REVIEW,
    Finding,
    Verdict,
    all_of,
    any_of,
    either,
    found,
)

DAYS_A_WEEK = 7
THERAPIES = contract_words("therapies.kind")
DIAGNOSES = contract_words("complaint.diagnosis")


@dataclass(frozen=True, slots=True)
class Amount:
    """For these diagnoses: so many weeks, where `within_months` is given inside that window."""

    diagnoses: tuple[str, ...] = words(DIAGNOSES)
    weeks: int = count(1, 104)
    within_months: int = count(1, 60, 0)


@dataclass(frozen=True, slots=True)
class ConservativeCare(Rule):
    """At least `weeks` of care that failed, and pain for at least `pain_weeks`.

    `old_after_months`: care that ended longer ago, with none since, is for review. `intolerance`: where the days
    do not suffice, a documented intolerance makes it review. `acute_disc_injury` and `zoster` exempt from the
    weeks; `instead` states other amounts for some diagnoses.
    """

    weeks: int = count(1, 104)
    pain_weeks: int = count(1, 104, 0)
    old_after_months: int = count(1, 60, 0)
    intolerance: bool = switch()
    acute_disc_injury: bool = switch()
    zoster: bool = switch()
    instead: tuple[Amount, ...] = rows(Amount, ())

    def weigh(self, facts: Facts) -> Finding:
        ways = [self.long_enough(facts)]
        if self.acute_disc_injury:
            ways.append(acute_injury_on_imaging(facts))
        if self.zoster and facts.complaint.diagnosis in ("acute_herpes_zoster", None):
            ways.append(zoster_that_does_not_respond(facts))
        return any_of(ways)

    def long_enough(self, facts: Facts) -> Finding:
        parts = [self.pain(facts)] if self.pain_weeks else []
        return all_of([*parts, self.care(facts)])

    def pain(self, facts: Facts) -> Finding:
        onset, needed = facts.complaint.onset, self.pain_weeks * DAYS_A_WEEK
        if not onset.said:
            return unsaid("complaint.onset")
        least, most = ((facts.as_of - day).days for day in (onset.last, onset.first))
        possible = at_least(least, most, needed)
        values = {"least": least, "most": most, "days": least, "needed": needed}
        if len(possible) > 1:
            return found(possible, Reason("pain-days-open", values), ("complaint.onset",), ("complaint.onset",))
        kind = "pain-days" if MET in possible else "pain-days-short"
        return found(possible, Reason(kind, values), ("complaint.onset",))

    def care(self, facts: Facts) -> Finding:
        diagnosis = facts.complaint.diagnosis
        if diagnosis is not None or not self.instead:
            return self.amount_of_care(facts, self.amount(diagnosis))
        amounts = (self.amount(None), *self.instead)
        return either([self.amount_of_care(facts, amount) for amount in amounts], ["complaint.diagnosis"])

    def amount(self, diagnosis: str | None) -> Amount:
        usual = Amount((), self.weeks)
        return next((amount for amount in self.instead if diagnosis in amount.diagnoses), usual)

    def had(self, facts: Facts) -> tuple[int, int] | None:
        """Days of care had and days asked for, where both are known; whoever shows them asks no verdict of it."""
        diagnosis = facts.complaint.diagnosis
        if facts.therapies is None or (diagnosis is None and self.instead):
            return None
        amount = self.amount(diagnosis)
        care = self.counted(facts, amount)
        return (care.least, amount.weeks * DAYS_A_WEEK) if care.least == care.most else None

    def counted(self, facts: Facts, amount: Amount) -> Care:
        start = add_months(facts.as_of, -amount.within_months) if amount.within_months else None
        return care_days(facts, window_start=start)

    def amount_of_care(self, facts: Facts, amount: Amount) -> Finding:
        if facts.therapies is None:
            return unsaid("therapies")
        care = self.counted(facts, amount)
        finding = self.by_days(facts, care, amount)
        if self.intolerance and finding.verdict != MET:
            return any_of([finding, documented_intolerance(facts)])
        return finding

    def by_days(self, facts: Facts, care: Care, amount: Amount) -> Finding:
        """Not met, for review and met, as far as the days allow each of them."""
        needed = amount.weeks * DAYS_A_WEEK
        possible = set(at_least(care.least, care.most, needed))
        if self.old_after_months and MET in possible:
            limit = add_months(facts.as_of, -self.old_after_months)
            if not may_be_recent(care, limit):
                possible.discard(MET)
            if most_if_ended_before(care, limit) >= needed:
                possible.add(REVIEW)
        return self.told(care, amount, needed, possible)

    def told(self, care: Care, amount: Amount, needed: int, possible: set[Verdict]) -> Finding:
        values = {
            "days": care.least,
            "least": care.least,
            "most": care.most,
            "needed": needed,
            "since": care.since and care.since.isoformat(),
            "therapies": len(care.counted),
            "months": amount.within_months or self.old_after_months,
        }
        if len(possible) > 1:
            kind = "care-days-open" if care.most is not None else "care-days-open-ended"
            return found(possible, Reason(kind, values), care.paths, care.open())
        (verdict,) = possible
        exact = care.least == care.most
        kinds = {
            MET: "care-days" if exact else "care-days-at-least",
            NOT_MET: "care-days-short" if exact else "care-days-at-most",
            REVIEW: "care-days-old",
        }
        window = "-in-window" if amount.within_months and verdict != REVIEW else ""
        return found(verdict, Reason(kinds[verdict] + window, values), care.paths)


def documented_intolerance(facts: Facts) -> Finding:
    """For review where a clinician documented that care could not be tolerated or must not be done."""
    judged = [(t.path, intolerance(t, final=facts.record_final)) for t in facts.therapies or ()]
    truth = any_true([verdict for _, verdict in judged])
    paths = [path for path, verdict in judged if verdict is True]
    if truth is None:
        open_ones = [f"{path}.intolerance_documented" for path, verdict in judged if verdict is None]
        return found(CANNOT_TELL, Reason("not-said", {"facts": open_ones}), missing=open_ones)
    if truth:
        return found(REVIEW, Reason("intolerance-documented"), paths)
    return found(NOT_MET, Reason("intolerance-absent"))


def acute_injury_on_imaging(facts: Facts) -> Finding:
    if facts.imaging is None:
        return unsaid("imaging")
    truth = any_true([study.acute_injury for study in facts.imaging])
    yes, no = Reason("acute-injury-imaged"), Reason("acute-injury-not-imaged")
    used = [study.path for study in facts.imaging if study.acute_injury is truth]
    missing = [f"{s.path}.acute_injury" for s in facts.imaging if s.acute_injury is None]
    return by_truth(truth, yes, no, used, missing)


def zoster_that_does_not_respond(facts: Facts) -> Finding:
    zoster = is_in(facts.complaint.diagnosis, {"acute_herpes_zoster"})
    care = None if facts.therapies is None else any_true([failed(therapy) for therapy in facts.therapies])
    missing = ["complaint.diagnosis"] if zoster is None else []
    if zoster is not False and care is None:
        missing += ["therapies"] if facts.therapies is None else list(care_days(facts).open())
    truth = both(zoster, care)
    yes, no = Reason("zoster-exempt"), Reason("zoster-not-exempt")
    return by_truth(truth, yes, no, ["complaint.diagnosis"], missing)


@dataclass(frozen=True, slots=True)
class TherapyWeeks(Rule):
    """At least `weeks` of these kinds of therapy with active exercise, or a documented intolerance of it."""

    kinds: tuple[str, ...] = words(THERAPIES)
    weeks: int = count(1, 104)

    def weigh(self, facts: Facts) -> Finding:
        if facts.therapies is None:
            return unsaid("therapies")
        return any_of([self.done(facts), self.not_tolerated(facts)])

    def done(self, facts: Facts) -> Finding:
        needed = self.weeks * DAYS_A_WEEK
        care = care_days(facts, self.active, ("kind", "active_exercise"))
        possible = at_least(care.least, care.most, needed)
        values = {"least": care.least, "most": care.most, "needed": needed, "kinds": list(self.kinds)}
        kind = "active-therapy" if MET in possible else "active-therapy-short"
        missing = care.open() if len(possible) > 1 else ()
        return found(possible, Reason("active-therapy-open" if missing else kind, values), care.paths, missing)

    def active(self, therapy: Therapy) -> bool | None:
        return both(is_in(therapy.kind, self.kinds), therapy.active_exercise)

    def not_tolerated(self, facts: Facts) -> Finding:
        ones = [t for t in facts.therapies or () if is_in(t.kind, self.kinds) is not False]
        truths = [both(is_in(t.kind, self.kinds), intolerance(t, final=facts.record_final)) for t in ones]
        missing = [f"{t.path}.intolerance_documented" for t, truth in zip(ones, truths, strict=True) if truth is None]
        used = [t.path for t in ones]
        yes, no = Reason("intolerance-documented"), Reason("intolerance-absent")
        return by_truth(any_true(truths), yes, no, used, missing)


@dataclass(frozen=True, slots=True)
class MedicationTrial(Rule):
    """A prescribed medicine of these kinds at a dose expected to work; a medicine `for_review` alone is review."""

    kinds: tuple[str, ...] = words(THERAPIES)
    for_review: tuple[str, ...] = words(THERAPIES, ())

    def weigh(self, facts: Facts) -> Finding:
        if facts.therapies is None:
            return unsaid("therapies")
        return any_of([self.trial(facts.therapies), self.adjunct(facts.therapies)])

    def trial(self, therapies: tuple[Therapy, ...]) -> Finding:
        truths = {t: both(is_in(t.kind, self.kinds), t.prescribed, t.therapeutic_dose) for t in therapies}
        used = [t.path for t, truth in truths.items() if truth]
        names = ("kind", "prescribed", "therapeutic_dose")
        missing = [
            f"{t.path}.{name}"
            for t, truth in truths.items()
            for name in names
            if truth is None and getattr(t, name) is None
        ]
        yes, no = Reason("medication-tried"), Reason("medication-not-tried")
        return by_truth(any_true(list(truths.values())), yes, no, used, missing)

    def adjunct(self, therapies: tuple[Therapy, ...]) -> Finding:
        finding = TherapyOnRecord(self.for_review).weigh_rows(therapies)
        if finding.verdict == MET:
            return found(REVIEW, Reason("adjunct-alone"), finding.facts)
        return replace(finding, because=(Reason("medication-not-tried"),)) if finding.verdict == NOT_MET else finding


@dataclass(frozen=True, slots=True)
class TherapyOnRecord(Rule):
    """Any one therapy of these kinds is on record."""

    kinds: tuple[str, ...] = words(THERAPIES)

    def weigh(self, facts: Facts) -> Finding:
        return unsaid("therapies") if facts.therapies is None else self.weigh_rows(facts.therapies)

    def weigh_rows(self, therapies: tuple[Therapy, ...]) -> Finding:
        truth = any_true([is_in(therapy.kind, self.kinds) for therapy in therapies])
        used = [therapy.path for therapy in therapies if therapy.kind in self.kinds]
        missing = [f"{therapy.path}.kind" for therapy in therapies if therapy.kind is None]
        present = sorted({str(therapy.kind) for therapy in therapies if therapy.kind in self.kinds})
        yes = Reason("therapy-on-record", {"kinds": present})
        no = Reason("therapy-not-on-record", {"kinds": list(self.kinds)})
        return by_truth(truth, yes, no, used, missing)
