"""Rules on how bad the pain is, and on what scale that must be on record."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from clinic.criteria.clauses.rule import Rule, by_truth, unsaid
from clinic.criteria.contract import words as contract_words
from clinic.criteria.declared import count, words
from clinic.criteria.facts import Facts
from clinic.criteria.reasons import Reason
from clinic.criteria.shapes import Score
from clinic.criteria.truth import Truth, is_in
from clinic.criteria.verdicts import (
    CANNOT_TELL,
    MET,
    NOT_MET,
    REVIEW,
    Finding,
    Verdict,
    all_of,
    any_of,
    found,
    settled,
    together,
    unique,
)

SCALES = contract_words("scores.scale")
WORDS = contract_words("complaint.severity_in_words")
PATH_OF_WORDS = "complaint.severity_in_words"


def limits_daily_life(facts: Facts) -> Finding:
    yes, no = Reason("limits-daily-life"), Reason("does-not-limit")
    return by_truth(facts.complaint.limits_daily_life, yes, no, ["complaint.limits_daily_life"])


@dataclass(frozen=True, slots=True)
class NamedScale(Rule):
    """The pain limits daily life, and a score on a named scale is on record: a number, not a threshold."""

    def weigh(self, facts: Facts) -> Finding:
        return all_of([limits_daily_life(facts), self.on_record(facts)])

    def on_record(self, facts: Facts) -> Finding:
        scored = [score for score in facts.scores or () if score.scale and score.value is not None]
        if scored:
            values = {"scales": sorted({str(score.scale) for score in scored})}
            return found(MET, Reason("scale-on-record", values), [score.path for score in scored])
        if facts.record_final:
            return found(NOT_MET, Reason("scale-absent"))
        return unsaid("scores")


def may_be_latest(scores: Sequence[Score], relevant: Collection[Truth]) -> list[list[Score] | None]:
    """The groups of scores that may be the latest relevant ones; None stands for "there is none"."""
    rows = [(score, truth) for score, truth in zip(scores, relevant, strict=True) if truth is not False]
    sure_days = [score.on for score, truth in rows if truth and score.on]
    latest = max(sure_days, default=None)
    groups: list[list[Score] | None] = []
    if latest:
        groups.append([score for score, truth in rows if truth and score.on == latest])
    elif not any(truth for _, truth in rows):
        groups.append(None)
    undated_or_unsure = [score for score, truth in rows if score.on is None or not truth]
    groups += [[score] for score in undated_or_unsure if not (score.on and latest and score.on < latest)]
    return groups


@dataclass(frozen=True, slots=True)
class PainOrWords(Rule):
    """The latest score of these scales is `least` or more; where there is no number, these words.

    A number and words that disagree, and numbers of one day that do, are for review.
    """

    scales: tuple[str, ...] = words(SCALES)
    least: int = count(0, 100)
    in_words: tuple[str, ...] = words(WORDS)

    def weigh(self, facts: Facts) -> Finding:
        if facts.scores is None:
            return unsaid("scores")
        groups = may_be_latest(facts.scores, [is_in(score.scale, self.scales) for score in facts.scores])
        return _over_groups([self.one(facts, group) for group in groups], facts.scores)

    def one(self, facts: Facts, group: list[Score] | None) -> Finding:
        if group is None:
            return self.by_words(facts)
        return _tied([self.by_number(facts, score) for score in group])

    def by_number(self, facts: Facts, score: Score) -> Finding:
        if score.value is None:
            return unsaid(f"{score.path}.value")
        enough = score.value >= self.least
        said = is_in(facts.complaint.severity_in_words, self.in_words)
        values = _values(score, self.least) | {"words": facts.complaint.severity_in_words}
        if said is not None and said is not enough:
            return found(REVIEW, Reason("number-and-words-disagree", values), [score.path, PATH_OF_WORDS])
        return found(
            MET if enough else NOT_MET, Reason("score-enough" if enough else "score-low", values), [score.path]
        )

    def by_words(self, facts: Facts) -> Finding:
        values = {"words": facts.complaint.severity_in_words}
        yes, no = Reason("words-enough", values), Reason("words-low", values)
        missing = ["scores", PATH_OF_WORDS]
        return by_truth(is_in(values["words"], self.in_words), yes, no, [PATH_OF_WORDS], missing)


@dataclass(frozen=True, slots=True)
class PainOrDisability(Rule):
    """The latest score of these scales about the average is `least` or more, or the pain limits daily life."""

    scales: tuple[str, ...] = words(SCALES)
    least: int = count(0, 100)

    def weigh(self, facts: Facts) -> Finding:
        return any_of([self.average(facts), limits_daily_life(facts)])

    def average(self, facts: Facts) -> Finding:
        if facts.scores is None:
            return unsaid("scores")
        told = any(score.period for score in facts.scores)
        relevant = [self.is_average(score, told) for score in facts.scores]
        groups = may_be_latest(facts.scores, relevant)
        findings = [unsaid("scores") if group is None else self.tied(group) for group in groups]
        return _over_groups(findings, facts.scores)

    def is_average(self, score: Score, told: bool) -> Truth:
        scale = is_in(score.scale, self.scales)
        period = is_in(score.period, {"average"}) if told else True
        return False if False in (scale, period) else (None if None in (scale, period) else True)

    def tied(self, group: list[Score]) -> Finding:
        return _tied([self.by_number(score) for score in group])

    def by_number(self, score: Score) -> Finding:
        if score.value is None:
            return unsaid(f"{score.path}.value")
        enough = score.value >= self.least
        kind = Reason("average-enough" if enough else "average-low", _values(score, self.least))
        return found(MET if enough else NOT_MET, kind, [score.path])


def _values(score: Score, least: int) -> dict[str, object]:
    return {"scale": score.scale, "value": score.value, "least": least, "on": score.on and score.on.isoformat()}


def _tied(findings: list[Finding]) -> Finding:
    """Scores of one day: their verdict where they agree, else review."""
    verdicts = {finding.verdict for finding in findings}
    open_ones = [finding for finding in findings if finding.verdict == CANNOT_TELL]
    if len(verdicts) == 1 or open_ones:
        return together(open_ones or findings)
    return found(REVIEW, Reason("scores-disagree"), [path for finding in findings for path in finding.facts])


def _over_groups(findings: list[Finding], scores: Sequence[Score]) -> Finding:
    """The verdict on which every score that may be the latest agrees, else what would say which one is."""
    verdict: Verdict = settled(frozenset(finding.verdict for finding in findings))
    if verdict != CANNOT_TELL:
        return together(findings)
    open_ones = [f"{s.path}.{name}" for s in scores for name in ("scale", "on", "period") if getattr(s, name) is None]
    missing = unique(path for finding in findings for path in finding.missing) or tuple(open_ones)
    return found(CANNOT_TELL, Reason("not-said", {"facts": list(missing)}), missing=missing)
