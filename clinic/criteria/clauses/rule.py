"""A kind of rule: a frozen dataclass whose fields are its parameters (declared.py), and findings that many share."""

from collections.abc import Collection

from clinic.criteria.facts import Facts
from clinic.criteria.reasons import Reason
from clinic.criteria.truth import Truth
from clinic.criteria.verdicts import CANNOT_TELL, MET, NOT_MET, Finding, Verdict, found


class Rule:
    """Weighs one patient's facts. Frozen dataclasses implement it; the fields are the parameters."""

    def weigh(self, facts: Facts) -> Finding:
        raise NotImplementedError


def unsaid(*paths: str) -> Finding:
    """Nobody has said what the rule needs."""
    return found(CANNOT_TELL, Reason("not-said", {"facts": list(paths)}), missing=paths)


def by_truth(
    truth: Truth,
    yes: Reason,
    no: Reason,
    facts: Collection[str],
    missing: Collection[str] = (),
    *,
    no_means: Verdict = NOT_MET,
) -> Finding:
    """Met where true, `no_means` where false, and where nobody has said what is missing."""
    if truth is None:
        return unsaid(*(missing or facts))
    return found(MET, yes, tuple(facts)) if truth else found(no_means, no, tuple(facts))


def documented(text: str | None, path: str, kind: str, *, final: bool) -> Finding:
    """A reason that must be written: unsaid it is unknown while the record is open, and absent once it is final."""
    absent = text is not None and not text.strip()
    if text is None and not final:
        return unsaid(path)
    if text is None or absent:
        return found(NOT_MET, Reason(f"{kind}-absent"), (path,) if absent else ())
    return found(MET, Reason(f"{kind}-written"), (path,))


def at_least(least: int, most: int | None, needed: int) -> frozenset[Verdict]:
    """The possible verdicts of "at least `needed`" for a number from `least` to `most` (None: no bound)."""
    possible = set()
    if most is None or most >= needed:
        possible.add(MET)
    if least < needed:
        possible.add(NOT_MET)
    return frozenset(possible)
