"""Rules on what the pain is and what supports it: diagnosis, pattern, examination, imaging, nerve studies."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

from clinic.criteria.clauses.rule import Rule, by_truth, unsaid
from clinic.criteria.contract import words as contract_words
from clinic.criteria.dates import Span, add_months
from clinic.criteria.declared import count, rows, switch, word, words
from clinic.criteria.facts import Facts
from clinic.criteria.reasons import Reason
from clinic.criteria.shapes import Study
from clinic.criteria.truth import any_true, both, is_in
from clinic.criteria.verdicts import (
    MET,
    NOT_MET,
    REVIEW,
    Finding,
    Verdict,
    all_of,
    any_of,
    either,
    found,
    unique,
)

DIAGNOSES = contract_words("complaint.diagnosis")
PATTERNS = contract_words("complaint.pain_pattern")
REGIONS = contract_words("complaint.region")
MODALITIES = contract_words("imaging.modality")
CROSS_SECTIONAL = ("mri", "ct", "ct_myelogram")


def exam_concordant(facts: Facts) -> Finding:
    yes, no = Reason("exam-concordant"), Reason("exam-discordant")
    return by_truth(facts.exam.concordant, yes, no, ["exam.concordant"])


def root_signs(facts: Facts) -> Finding:
    return by_truth(facts.exam.root_signs, Reason("root-signs"), Reason("no-root-signs"), ["exam.root_signs"])


def imaging_concordant(facts: Facts) -> Finding:
    """MRI, CT or CT myelogram that agrees with the complaint, of any age."""
    return _concordant(facts, CROSS_SECTIONAL)


def any_imaging_concordant(facts: Facts) -> Finding:
    return _concordant(facts, MODALITIES)


def imaging_concordant_or_review(facts: Facts) -> Finding:
    """As `imaging_concordant`, but where there is no such image at all, for review."""
    finding = imaging_concordant(facts)
    if finding.verdict != NOT_MET:
        return finding
    images = {study: is_in(study.modality, CROSS_SECTIONAL) for study in facts.imaging or ()}
    missing = [f"{study.path}.modality" for study, known in images.items() if known is None]
    yes, no = finding.because[0], Reason("no-image-for-review")
    imaged = by_truth(any_true(list(images.values())), yes, no, finding.facts, missing)
    return (
        found(NOT_MET, yes, finding.facts)
        if imaged.verdict == MET
        else (found(REVIEW, no, finding.facts) if imaged.verdict == NOT_MET else imaged)
    )


def nerve_study(facts: Facts) -> Finding:
    """An electrodiagnostic study that shows the radiculopathy and is said to be concordant."""
    if facts.electrodiagnostics is None:
        return unsaid("electrodiagnostics")
    names = ("shows_radiculopathy", "concordant")
    truths = {study: both(study.shows_radiculopathy, study.concordant) for study in facts.electrodiagnostics}
    used = [study.path for study in truths if truths[study] is not None]
    missing = [
        f"{study.path}.{name}"
        for study in truths
        for name in names
        if truths[study] is None and getattr(study, name) is None
    ]
    yes, no = Reason("nerve-study"), Reason("no-nerve-study")
    return by_truth(any_true(list(truths.values())), yes, no, used, missing)


def root_supported(facts: Facts) -> Finding:
    """Root signs, concordant imaging or a nerve study."""
    return any_of([root_signs(facts), any_imaging_concordant(facts), nerve_study(facts)])


def _concordant(facts: Facts, modalities: tuple[str, ...]) -> Finding:
    if facts.imaging is None:
        return unsaid("imaging")
    fitting = [study for study in facts.imaging if is_in(study.modality, modalities) is not False]
    truths = [both(is_in(study.modality, modalities), study.concordant) for study in fitting]
    missing = [path for study, truth in zip(fitting, truths, strict=True) if truth is None for path in _open(study)]
    used = [study.path for study in fitting]
    no = Reason("imaging-discordant" if fitting else "no-imaging")
    return by_truth(any_true(truths), Reason("imaging-concordant"), no, used, missing)


def _open(study: Study) -> list[str]:
    said = (("modality", study.modality), ("concordant", study.concordant))
    return [f"{study.path}.{name}" for name, value in said if value is None]


NEEDS: dict[str, Callable[[Facts], Finding]] = {
    "exam_concordant": exam_concordant,
    "root_signs": root_signs,
    "imaging_concordant": imaging_concordant,
    "imaging_concordant_or_review": imaging_concordant_or_review,
    "root_supported": root_supported,
}


@dataclass(frozen=True, slots=True)
class Case:
    """Patients whom a set covers (or not): all where a list is empty. `needs` must hold, `recent_months` counts
    back from the day of service to the onset or to an exacerbation."""

    diagnoses: tuple[str, ...] = words(DIAGNOSES, ())
    patterns: tuple[str, ...] = words(PATTERNS, ())
    regions: tuple[str, ...] = words(REGIONS, ())
    needs: tuple[str, ...] = words(tuple(NEEDS), ())
    recent_months: int = count(1, 60, 0)
    verdict: str = word(("met", "not_met", "review"), "met")

    def fits(self, diagnosis: str, pattern: str, region: str) -> bool:
        asked = ((self.diagnoses, diagnosis), (self.patterns, pattern), (self.regions, region))
        return all(not allowed or value in allowed for allowed, value in asked)


ELSEWHERE = Case(verdict="not_met")


@dataclass(frozen=True, slots=True)
class Indication(Rule):
    """The first case that fits the diagnosis, pattern and region decides; where none fits it is not met."""

    cases: tuple[Case, ...] = rows(Case)

    def weigh(self, facts: Facts) -> Finding:
        said = facts.complaint
        options = [
            [value] if value is not None else list(known)
            for value, known in ((said.diagnosis, DIAGNOSES), (said.pain_pattern, PATTERNS), (said.region, REGIONS))
        ]
        cases = unique(self.case(*values) for values in product(*options))
        findings = [self.by_case(facts, case) for case in cases]
        return findings[0] if len(findings) == 1 else either(findings, self.deciding(facts))

    def case(self, diagnosis: str, pattern: str, region: str) -> Case:
        return next((case for case in self.cases if case.fits(diagnosis, pattern, region)), ELSEWHERE)

    def deciding(self, facts: Facts) -> list[str]:
        """The unsaid facts that some case asks about."""
        said = facts.complaint
        asked = (
            ("diagnosis", said.diagnosis, any(case.diagnoses for case in self.cases)),
            ("pain_pattern", said.pain_pattern, any(case.patterns for case in self.cases)),
            ("region", said.region, any(case.regions for case in self.cases)),
        )
        return [f"complaint.{name}" for name, value, matters in asked if value is None and matters]

    def by_case(self, facts: Facts, case: Case) -> Finding:
        said = facts.complaint
        values = {"diagnosis": said.diagnosis, "pattern": said.pain_pattern, "region": said.region}
        kind = "covered" if case.verdict == "met" else f"covered-{case.verdict}"
        used = [f"complaint.{name}" for name, value in _said(facts) if value is not None]
        parts = [found(Verdict(case.verdict), Reason(kind, values), used)]
        parts += [NEEDS[need](facts) for need in case.needs]
        if case.recent_months:
            parts.append(recent(facts, case.recent_months))
        return all_of(parts)


def _said(facts: Facts) -> tuple[tuple[str, str | None], ...]:
    said = facts.complaint
    return (("diagnosis", said.diagnosis), ("pain_pattern", said.pain_pattern), ("region", said.region))


def recent(facts: Facts, months: int) -> Finding:
    """The pain began, or grew acutely worse, less than so many months ago."""
    said = facts.complaint
    spans = (("complaint.onset", said.onset), ("complaint.exacerbated_on", said.exacerbated_on))
    return any_of([_under(facts, path, span, months) for path, span in spans])


def _under(facts: Facts, path: str, span: Span, months: int) -> Finding:
    if not span.said:
        return unsaid(path)
    possible = {MET if facts.as_of < add_months(day, months) else NOT_MET for day in (span.first, span.last)}
    values = {"fact": path, "on": span.first.isoformat(), "months": months}
    if len(possible) > 1:
        return found(possible, Reason("recent-open", values), (path,), (path,))
    return found(possible, Reason("recent" if MET in possible else "not-recent", values), (path,))


@dataclass(frozen=True, slots=True)
class Evaluated(Rule):
    """The pain was evaluated by an examination, an electrodiagnostic study or imaging."""

    def weigh(self, facts: Facts) -> Finding:
        done = {
            "exam": True if facts.exam.recorded else None,
            "imaging": facts.imaging and True,
            "electrodiagnostics": facts.electrodiagnostics and True,
        }
        used = [path for path, truth in done.items() if truth]
        missing = [path for path, truth in done.items() if truth is None]
        if used:
            return found(MET, Reason("evaluated", {"facts": used}), used)
        return unsaid(*missing)


@dataclass(frozen=True, slots=True)
class Imaging(Rule):
    """Concordant imaging of these modalities within `months` (exactly so many: review), or a nerve study."""

    modalities: tuple[str, ...] = words(MODALITIES)
    months: int = count(1, 120)
    nerve_study: bool = switch()

    def weigh(self, facts: Facts) -> Finding:
        ways = [unsaid("imaging")] if facts.imaging is None else [self.study(facts, s) for s in facts.imaging]
        if self.nerve_study:
            ways.append(nerve_study(facts))
        return any_of(ways) if ways else found(NOT_MET, Reason("no-imaging"))

    def study(self, facts: Facts, study: Study) -> Finding:
        fitting = is_in(study.modality, self.modalities)
        paths = [f"{study.path}.modality"]
        cross = by_truth(fitting, Reason("modality-fits"), Reason("modality-does-not"), [study.path], paths)
        if cross.verdict == NOT_MET:
            return cross
        yes, no = Reason("imaging-concordant"), Reason("imaging-discordant")
        agrees = by_truth(study.concordant, yes, no, [study.path], [f"{study.path}.concordant"])
        return all_of([cross, agrees, self.age(facts, study)] if cross.missing else [agrees, self.age(facts, study)])

    def age(self, facts: Facts, study: Study) -> Finding:
        limit = add_months(facts.as_of, -self.months)
        path = f"{study.path}.on"
        possible = set()
        if study.on.last > limit:
            possible.add(MET)
        if study.on.first <= limit <= study.on.last:
            possible.add(REVIEW)
        if study.on.first < limit:
            possible.add(NOT_MET)
        values = {"on": study.on.first.isoformat(), "limit": limit.isoformat(), "months": self.months}
        if len(possible) > 1:
            return found(possible, Reason("image-age-open", values), (path,), (path,))
        kinds = {MET: "image-recent", REVIEW: "image-on-limit", NOT_MET: "image-old"}
        return found(possible, Reason(kinds[next(iter(possible))], values), (study.path,))
