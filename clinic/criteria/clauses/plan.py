"""Rules on the injection now planned, and on single facts that must or must not be so."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from clinic.criteria.clauses.rule import Rule, by_truth, documented, unsaid
from clinic.criteria.contract import schema as contract_schema
from clinic.criteria.contract import words as contract_words
from clinic.criteria.declared import (
    Schema,
    checked,
    in_toml,
    list_of,
    one_count,
    one_word,
    plain_check,
    rows,
    switch,
    table,
    unfit,
    word,
    words,
)
from clinic.criteria.facts import Facts
from clinic.criteria.reasons import Reason
from clinic.criteria.truth import Truth, any_true, is_in
from clinic.criteria.verdicts import (
    MET,
    NOT_MET,
    REVIEW,
    Finding,
    Verdict,
    all_of,
    either,
    found,
)

APPROACHES = contract_words("plan.approach")
GUIDANCE = contract_words("plan.guidance")
SEDATION = contract_words("plan.sedation")
LISTED = {"blood_thinners.class": "category"}  # facts of a list that a rule may name, and our attribute
EXCEPTIONS = {"contrast_allergy": "allergies.contrast", "pregnancy": "patient.pregnant"}


def _nameable() -> dict[str, tuple[Any, ...]]:
    """Every fact that a rule may name, with its values: words, or yes and no; of the lists only those in LISTED."""
    known = {}
    for section, inner in contract_schema()["properties"].items():
        for name, shape in inner.get("items", inner).get("properties", {}).items():
            path = f"{section}.{name}"
            values = contract_words(path) or ((True, False) if "boolean" in shape.get("type", ()) else ())
            if values and (path in LISTED or "items" not in inner):
                known[path] = values
    return known


NAMEABLE = _nameable()


def _values_by_fact() -> list[Schema]:
    """For an editor: which values go with which facts."""
    by_values: dict[tuple[Any, ...], list[str]] = {}
    for path, values in NAMEABLE.items():
        by_values.setdefault(values, []).append(path)
    return [
        {
            "if": {"properties": {"fact": {"enum": paths}}, "required": ["fact"]},
            "then": {"properties": {"values": {"items": {"enum": list(values)}}}},
        }
        for values, paths in by_values.items()
    ]


FACT = plain_check(
    "a fact of the contract with words or yes and no as values, such as plan.biologic",
    {"enum": list(NAMEABLE)},
    lambda value: isinstance(value, str) and value in NAMEABLE,
)
VALUE = plain_check("a word, or true or false", {"type": ["string", "boolean"]}, lambda v: isinstance(v, str | bool))


@dataclass(frozen=True, slots=True)
class FactValues:
    """A fact, and some of the values that the contract gives it."""

    more_schema: ClassVar[Schema] = {"allOf": _values_by_fact()}

    fact: str = checked(FACT)
    values: tuple[Any, ...] = checked(list_of(VALUE, "a list of words, or of true or false"), (True,))

    def __post_init__(self) -> None:
        allowed = NAMEABLE[self.fact]
        if not set(self.values) <= set(allowed):
            raise unfit(f"for {self.fact} they must be among " + ", ".join(map(in_toml, allowed)), "values")


@dataclass(frozen=True, slots=True)
class Named(FactValues):
    """Values that a fact must not have, and the verdict where it has."""

    verdict: str = word(("not_met", "review"), "not_met")


@dataclass(frozen=True, slots=True)
class OneOf(FactValues, Rule):
    """A fact must have one of these values."""

    def weigh(self, facts: Facts) -> Finding:
        value = facts.said(self.fact)
        said = {"fact": self.fact, "value": value, "allowed": list(self.values)}
        return by_truth(is_in(value, self.values), Reason("fact-is", said), Reason("fact-is-not", said), [self.fact])


@dataclass(frozen=True, slots=True)
class NoneOf(Rule):
    """None of these facts may have these values; the verdict where one has is `not_met`, or as the row says."""

    facts: tuple[Named, ...] = rows(Named)

    def weigh(self, facts: Facts) -> Finding:
        findings = [self.one(facts, row) for row in self.facts]
        joined = all_of(findings)
        if joined.verdict == MET:
            return found(MET, Reason("none-of", {"facts": [row.fact for row in self.facts]}), joined.facts)
        return joined

    def one(self, facts: Facts, row: Named) -> Finding:
        if row.fact in LISTED:
            return self.listed(facts, row)
        value = facts.said(row.fact)
        said = {"fact": row.fact, "value": value}
        truth = is_in(value, row.values, negated=True)
        yes, no = Reason("fact-absent", said), Reason("fact-present", said)
        return by_truth(truth, yes, no, [row.fact], no_means=Verdict(row.verdict))

    def listed(self, facts: Facts, row: Named) -> Finding:
        name, attribute = row.fact.split(".")[0], LISTED[row.fact]
        items = facts.said(name)
        if items is None:
            return unsaid(name)
        present = {item.path: is_in(getattr(item, attribute), row.values) for item in items}
        truth: Truth = any_true(list(present.values()))
        used = [path for path, here in present.items() if here]
        missing = [f"{path}.{row.fact.split('.')[1]}" for path, here in present.items() if here is None]
        said = {"fact": row.fact, "value": row.values[0]}
        yes, no = Reason("fact-absent", said), Reason("fact-present", said)
        flipped = None if truth is None else not truth
        return by_truth(flipped, yes, no, used or [name], missing, no_means=Verdict(row.verdict))


@dataclass(frozen=True, slots=True)
class Guidance(Rule):
    """Guidance of these kinds, with contrast. Otherwise, with one of the `reasons`, the verdict of `with_reason`
    for that kind of guidance (`met` only without contrast), and without a reason not met."""

    allowed: tuple[str, ...] = words(GUIDANCE)
    reasons: tuple[str, ...] = words(tuple(EXCEPTIONS))
    with_reason: Mapping[str, str] = table(GUIDANCE, one_word(("met", "review")))

    def weigh(self, facts: Facts) -> Finding:
        plan = facts.plan
        kinds = [plan.guidance] if plan.guidance else list(GUIDANCE)
        contrasts = [True, False] if plan.contrast is None else [plan.contrast]
        findings = [self.one(facts, kind, contrast) for kind in kinds for contrast in contrasts]
        missing = [f"plan.{name}" for name in ("guidance", "contrast") if getattr(plan, name) is None]
        return either(findings, missing) if len(findings) > 1 else findings[0]

    def one(self, facts: Facts, guidance: str, contrast: bool) -> Finding:
        values = {"guidance": guidance, "contrast": contrast}
        if contrast and guidance in self.allowed:
            return found(MET, Reason("guidance-with-contrast", values), ("plan.guidance", "plan.contrast"))
        excepted = self.with_reason.get(guidance)
        if excepted is None:
            return found(NOT_MET, Reason("guidance-not-allowed", values), ("plan.guidance",))
        verdict = REVIEW if contrast else Verdict(excepted)
        paths = [EXCEPTIONS[reason] for reason in self.reasons]
        truth = any_true([facts.said(path) for path in paths])
        used = ["plan.guidance", "plan.contrast", *(path for path in paths if facts.said(path) is not None)]
        if truth:
            return found(verdict, Reason("guidance-exception", values), used)
        missing = [path for path in paths if facts.said(path) is None]
        no = Reason("guidance-without-exception", values)
        return by_truth(truth, no, no, used, missing)


@dataclass(frozen=True, slots=True)
class Levels(Rule):
    """At most so many levels for each approach; `contiguous` where there are two or more; `one_region` a session;
    `both_sides` for each approach: `reason` (a stated one) or `never`."""

    most: Mapping[str, int] = table(APPROACHES, one_count(1, 10))
    contiguous: bool = switch()
    one_region: bool = switch()
    both_sides: Mapping[str, str] = table(APPROACHES, one_word(("reason", "never")), None)

    def weigh(self, facts: Facts) -> Finding:
        approaches = [facts.plan.approach] if facts.plan.approach else list(APPROACHES)
        findings = [self.by_approach(facts, approach) for approach in approaches]
        return either(findings, ["plan.approach"]) if len(findings) > 1 else findings[0]

    def by_approach(self, facts: Facts, approach: str) -> Finding:
        parts = [self.levels(facts, approach)]
        if self.one_region:
            parts.append(self.regions(facts))
        if self.both_sides:
            parts.append(self.sides(facts, self.both_sides.get(approach)))
        return all_of(parts)

    def levels(self, facts: Facts, approach: str) -> Finding:
        plan, most = facts.plan, self.most.get(approach)
        if plan.level_count is None:
            return unsaid("plan.level_count")
        values = {"levels": plan.level_count, "most": most, "approach": approach}
        if most is not None and plan.level_count > most:
            return found(NOT_MET, Reason("levels-too-many", values), ("plan.level_count", "plan.approach"))
        within = found(MET, Reason("levels", values), ("plan.level_count", "plan.approach"))
        if not self.contiguous or plan.level_count == 1:
            return within
        yes, no = Reason("levels-contiguous"), Reason("levels-apart")
        return all_of([within, by_truth(plan.levels_contiguous, yes, no, ["plan.levels_contiguous"])])

    def regions(self, facts: Facts) -> Finding:
        regions = facts.plan.region_count
        values = {"regions": regions}
        truth = None if regions is None else regions == 1
        return by_truth(truth, Reason("one-region", values), Reason("regions-too-many", values), ["plan.region_count"])

    def sides(self, facts: Facts, rule: str | None) -> Finding:
        side = facts.plan.side
        one_side = found(MET, Reason("one-side"), ("plan.side",) if side else ())
        if rule is None or (side is not None and side != "both"):
            return one_side
        both = found(NOT_MET, Reason("both-sides-never"), ("plan.side",))
        if rule == "reason":
            reason = facts.plan.bilateral_reason
            both = documented(reason, "plan.bilateral_reason", "bilateral-reason", final=facts.record_final)
        return both if side else either([one_side, both], ["plan.side"])


@dataclass(frozen=True, slots=True)
class Sedation(Rule):
    """Sedation of these kinds; another with a stated reason is for review, with none not met."""

    allowed: tuple[str, ...] = words(SEDATION)

    def weigh(self, facts: Facts) -> Finding:
        sedation = facts.plan.sedation
        if sedation is None:
            return either([self.one(facts, kind) for kind in SEDATION], ["plan.sedation"])
        return self.one(facts, sedation)

    def one(self, facts: Facts, sedation: str) -> Finding:
        values = {"sedation": sedation}
        if sedation in self.allowed:
            return found(MET, Reason("sedation-light", values), ("plan.sedation",))
        reason, path = facts.plan.sedation_reason, "plan.sedation_reason"
        written = documented(reason, path, "sedation-reason", final=facts.record_final)
        if written.verdict != MET:
            return written
        return found(REVIEW, Reason("sedation-for-review", values), ("plan.sedation", path))
