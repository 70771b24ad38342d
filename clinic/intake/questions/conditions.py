"""When a question is asked: small pure conditions on the answers that stand before it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol


class Known(Protocol):
    """What a condition may look at: only answers that are themselves asked."""

    @property
    def today(self) -> date: ...

    @property
    def language(self) -> str: ...

    def get(self, key: str) -> object: ...

    def language_of(self, key: str) -> str: ...


class Condition(Protocol):
    def __call__(self, known: Known) -> bool: ...

    def names(self) -> frozenset[str]: ...


def _as_set(value: object) -> set[object]:
    return set(value) if isinstance(value, list) else {value}


@dataclass(frozen=True)
class Is:
    """The question has one of these answers."""

    key: str
    values: tuple[str, ...]

    def __init__(self, key: str, *values: str) -> None:
        object.__setattr__(self, "key", key)
        object.__setattr__(self, "values", values)

    def __call__(self, known: Known) -> bool:
        return bool(_as_set(known.get(self.key)) & set(self.values))

    def names(self) -> frozenset[str]:
        return frozenset({self.key})


@dataclass(frozen=True)
class Not:
    condition: Condition

    def __call__(self, known: Known) -> bool:
        return not self.condition(known)

    def names(self) -> frozenset[str]:
        return self.condition.names()


@dataclass(frozen=True)
class Every:
    conditions: tuple[Condition, ...]

    def __init__(self, *conditions: Condition) -> None:
        object.__setattr__(self, "conditions", conditions)

    def __call__(self, known: Known) -> bool:
        return all(condition(known) for condition in self.conditions)

    def names(self) -> frozenset[str]:
        return _names(self.conditions)


@dataclass(frozen=True)
class YoungerThan:
    """By the birth date in the answers; somebody whose birth date nobody has said may be of any age."""

    key: str
    years: int

    def __call__(self, known: Known) -> bool:
        said = known.get(self.key)
        if not isinstance(said, str) or len(said) != 10:
            return True
        born, day = date.fromisoformat(said), known.today
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day)) < self.years

    def names(self) -> frozenset[str]:
        return frozenset({self.key})


@dataclass(frozen=True)
class InEnglish:
    """An instrument that is at hand in English only: asked there, and kept where it was answered there."""

    key: str

    def __call__(self, known: Known) -> bool:
        return known.language == "en" or known.language_of(self.key) == "en"

    def names(self) -> frozenset[str]:
        return frozenset()


def _names(conditions: Iterable[Condition]) -> frozenset[str]:
    return frozenset().union(*(condition.names() for condition in conditions))
