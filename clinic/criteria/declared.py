"""What a document may say, declared on frozen dataclasses: each field with the check that reads it.

A check has three faces: it reads a value, it is the JSON Schema of that value for an editor, and it says in words
what is allowed. So the document, the schema and the manual cannot drift apart.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from functools import cache
from typing import Any, TypeVar

Place = tuple[str | int, ...]
Problem = tuple[Place, str]  # where below the value that was read, and what is allowed there
Schema = dict[str, Any]
Shape = TypeVar("Shape")


class Unfit(ValueError):
    """A value that is not allowed; `problems` holds all that was found in it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(because for _, because in self.problems))


def unfit(because: str, *place: str | int) -> Unfit:
    """One problem."""
    return Unfit([(place, because)])


@dataclass(frozen=True, slots=True)
class Check:
    """`read` returns the value to keep or raises Unfit; `allowed` completes "it must be …"."""

    allowed: str
    schema: Schema
    read: Callable[[Any], Any]


def in_toml(value: Any) -> str:
    """A value as a document writes it, without quotes: `true`, not `True`."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def plain_check(allowed: str, schema: Schema, fits: Callable[[Any], bool]) -> Check:
    """A check that keeps the value as it is."""

    def read(value: Any) -> Any:
        if not fits(value):
            raise unfit(f"it must be {allowed}")
        return value

    return Check(allowed, schema, read)


def checked(check: Check, default: Any = MISSING, name: str = "") -> Any:
    """A field that passes the check; `name` is its key in the document where that differs."""
    metadata = {"check": check, "name": name}
    if default == {}:
        return field(default_factory=dict, metadata=metadata)
    return field(default=default, metadata=metadata)


def required(parameter: Field[Any]) -> bool:
    return parameter.default is MISSING and parameter.default_factory is MISSING


def declared(shape: type[Any]) -> dict[str, Field[Any]]:
    """The fields that a document may give, by their keys in it."""
    return {f.metadata["name"] or f.name: f for f in fields(shape) if "check" in f.metadata}


def built(shape: type[Shape], given: Any) -> Shape:
    """The shape from a table. Raises Unfit with every unknown, missing and impossible key."""
    if not isinstance(given, dict):
        raise unfit("it must be a table")
    known = declared(shape)
    problems = _unknown_or_missing(known, given)
    values: list[Any] = []
    try:
        values = read_all((name, known[name].metadata["check"], given[name]) for name in given if name in known)
    except Unfit as found:
        problems += found.problems
    if problems:
        raise Unfit(problems)
    return shape(**{known[name].name: value for name, value in zip(given, values, strict=True)})


def _unknown_or_missing(known: Mapping[str, Field[Any]], given: Mapping[str, Any]) -> list[Problem]:
    allowed = ", ".join(known) or "none"
    unknown = [((name,), f"there is no such key here; allowed are {allowed}") for name in given if name not in known]
    missing = [
        ((name,), f"it is missing; it must be {parameter.metadata['check'].allowed}")
        for name, parameter in known.items()
        if name not in given and required(parameter)
    ]
    return [*unknown, *missing]


def read_all(parts: Iterable[tuple[str | int, Check, Any]]) -> list[Any]:
    """Each part, named by its key or index, as its check reads it. Raises one Unfit with the problems of all."""
    values: list[Any] = []
    problems: list[Problem] = []
    for name, check, value in parts:
        try:
            values.append(check.read(value))
        except Unfit as found:
            problems += [((name, *place), because) for place, because in found.problems]
    if problems:
        raise Unfit(problems)
    return values


@cache
def one_count(least: int, most: int) -> Check:
    """A whole number from `least` to `most`."""
    schema = {"type": "integer", "minimum": least, "maximum": most}
    return plain_check(
        f"a whole number from {least} to {most}", schema, lambda value: type(value) is int and least <= value <= most
    )


def one_word(allowed: Collection[str]) -> Check:
    """One of the allowed words."""
    known = tuple(allowed)
    return plain_check(
        "one of " + ", ".join(known), {"enum": list(known)}, lambda value: isinstance(value, str) and value in known
    )


def list_of(check: Check, allowed: str, least: int = 1) -> Check:
    """A list of at least so many values that each pass the check; kept as a tuple."""

    def read(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list) or len(value) < least:
            raise unfit(f"it must be {allowed}")
        return tuple(read_all((index, check, item) for index, item in enumerate(value)))

    return Check(allowed, {"type": "array", "items": check.schema, "minItems": least}, read)


def count(least: int, most: int, default: Any = MISSING) -> Any:
    """A whole number from `least` to `most`."""
    return checked(one_count(least, most), default)


def switch(default: Any = False) -> Any:
    """True or false."""
    return checked(plain_check("true or false", {"type": "boolean"}, lambda value: type(value) is bool), default)


def word(allowed: Collection[str], default: Any = MISSING) -> Any:
    """One of the allowed words."""
    return checked(one_word(allowed), default)


def words(allowed: Collection[str], default: Any = MISSING) -> Any:
    """A list of allowed words."""
    return checked(list_of(one_word(allowed), "a list of " + ", ".join(allowed)), default)


def table(keys: Collection[str], inner: Check, default: Any = MISSING) -> Any:
    """A table from allowed keys to values that pass the inner check."""
    known = tuple(keys)
    allowed = f"a table from {', '.join(known)} to {inner.allowed}"
    properties = dict.fromkeys(known, inner.schema)
    schema = {"type": "object", "properties": properties, "additionalProperties": False, "minProperties": 1}

    def read(value: Any) -> dict[str, Any]:
        if not isinstance(value, dict) or not value:
            raise unfit(f"it must be {allowed}")
        unknown = [((name,), "there is no such key here; allowed are " + ", ".join(known)) for name in value]
        problems = [problem for problem in unknown if problem[0][0] not in known]
        if problems:
            raise Unfit(problems)
        return dict(zip(value, read_all((name, inner, item) for name, item in value.items()), strict=True))

    return checked(Check(allowed, schema, read), default)


def rows(shape: type[Any], default: Any = MISSING) -> Any:
    """A list of tables, each with the keys of the shape."""
    row = Check("a table", schema_of(shape), lambda value: built(shape, value))
    return checked(list_of(row, f"a list of tables with {', '.join(declared(shape))}"), default)


def schema_of(shape: type[Any]) -> Schema:
    """The JSON Schema of a shape's table; a shape may add what depends on several keys as `more_schema`."""
    known = declared(shape)
    return {
        "type": "object",
        "title": shape.__name__,
        "properties": {name: _with_default(parameter) for name, parameter in known.items()},
        "required": [name for name, parameter in known.items() if required(parameter)],
        "additionalProperties": False,
        **getattr(shape, "more_schema", {}),
    }


def _with_default(parameter: Field[Any]) -> Schema:
    schema: Schema = parameter.metadata["check"].schema
    return {**schema, "default": parameter.default} if isinstance(parameter.default, str | bool) else dict(schema)
