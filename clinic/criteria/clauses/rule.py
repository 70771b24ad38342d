"""A kind of rule: a frozen dataclass whose fields are its parameters, each declared with what it may be."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import MISSING, field, fields
from typing import Any, TypeVar

from clinic.criteria.facts import Facts
from clinic.criteria.reasons import Reason
from clinic.criteria.truth import Truth
from clinic.criteria.verdicts import CANNOT_TELL, MET, NOT_MET, Finding, Verdict, found


class Rule:
    """Weighs one patient's facts. Frozen dataclasses implement it; the fields are the parameters."""

    def weigh(self, facts: Facts) -> Finding:
        raise NotImplementedError


class Unfit(ValueError):
    """A parameter that is unknown, missing or impossible; `parameter` names it."""

    def __init__(self, parameter: str, because: str) -> None:
        super().__init__(f"{parameter}: {because}")
        self.parameter = parameter


Shape = TypeVar("Shape")
Check = Callable[[str, Any], Any]


def built(shape: type[Shape], given: Mapping[str, Any]) -> Shape:
    """The shape from a table of parameters. Raises Unfit with what is allowed."""
    declared = {parameter.name: parameter for parameter in fields(shape)}  # type: ignore[arg-type]  # every shape is a dataclass
    for name in given:
        if name not in declared:
            raise Unfit(name, "there is no such parameter; allowed are " + (", ".join(declared) or "none"))
    for name, parameter in declared.items():
        if name not in given and parameter.default is MISSING and parameter.default_factory is MISSING:
            raise Unfit(name, "this parameter is missing")
    return shape(**{name: declared[name].metadata["check"](name, value) for name, value in given.items()})


def checked(check: Check, default: Any = MISSING) -> Any:
    """A parameter that passes the check, which raises Unfit or returns the value to keep."""
    return field(default=default, metadata={"check": check})


def count(least: int, most: int, default: Any = MISSING) -> Any:
    """A whole number from `least` to `most`."""

    def check(name: str, value: Any) -> int:
        if type(value) is not int or not least <= value <= most:
            raise Unfit(name, f"it must be a whole number from {least} to {most}")
        return value

    return checked(check, default)


def switch(default: Any = False) -> Any:
    """True or false."""

    def check(name: str, value: Any) -> bool:
        if type(value) is not bool:
            raise Unfit(name, "it must be true or false")
        return value

    return checked(check, default)


def word(allowed: Collection[str], default: Any = MISSING) -> Any:
    """One of the allowed words."""
    return checked(lambda name, value: _one(name, value, allowed), default)


def words(allowed: Collection[str], default: Any = MISSING) -> Any:
    """A list of allowed words."""

    def check(name: str, value: Any) -> tuple[str, ...]:
        if not isinstance(value, list) or not value:
            raise Unfit(name, "it must be a list of " + ", ".join(allowed))
        return tuple(_one(name, item, allowed) for item in value)

    return checked(check, default)


def table(keys: Collection[str], inner: Check, default: Any = MISSING) -> Any:
    """A table from allowed keys to values that pass the inner check."""

    def check(name: str, value: Any) -> dict[str, Any]:
        if not isinstance(value, dict) or not value:
            raise Unfit(name, "it must be a table with keys among " + ", ".join(keys))
        return {_one(name, key, keys): inner(name, item) for key, item in value.items()}

    return checked(check, default)


def rows(shape: type[Any], default: Any = MISSING) -> Any:
    """A list of tables, each with the parameters of the shape."""

    def check(name: str, value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            raise Unfit(name, "it must be a list of tables")
        try:
            return tuple(built(shape, row) for row in value)
        except Unfit as problem:
            raise Unfit(name, str(problem)) from problem

    return checked(check, default)


def one_word(allowed: Collection[str]) -> Check:
    return lambda name, value: _one(name, value, allowed)


def one_count(least: int, most: int) -> Check:
    check: Check = count(least, most).metadata["check"]
    return check


def _one(name: str, value: Any, allowed: Collection[str]) -> str:
    if not isinstance(value, str) or value not in allowed:
        raise Unfit(name, "it must be one of " + ", ".join(allowed))
    return value


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
