"""What a facts document may look like: facts.schema.json with its formats asserted, and JSON read strictly."""

import json
import math
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, ValidationError

from clinic.criteria.conforms import Test, compiled

Document = dict[str, Any]
Problem = tuple[str, str]  # where (`therapies[0].to`), and why


class Refused(ValueError):
    """A document that breaks the contract; `problems` holds each place with its reason."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(f"{path}: {because}" for path, because in problems))
        self.problems = problems


def read_json(text: str) -> Any:
    """JSON as the standard has it: neither NaN nor numbers beyond what can be held. Raises Refused."""
    try:
        return json.loads(text, parse_constant=_no_number, parse_float=_finite)
    except (ValueError, RecursionError) as problem:
        where = f"line {problem.lineno}" if isinstance(problem, json.JSONDecodeError) else "$"
        raise Refused([(where, "this is not JSON")]) from problem


def check(document: Any) -> list[Problem]:
    """Where the document breaks the schema, in the order of its paths; empty where it does not."""
    if _keeps()(document):
        return []
    errors = sorted(_validator().iter_errors(document), key=lambda error: [str(p) for p in error.absolute_path])
    return [problem for error in errors for problem in _plain(error)]


def join(parts: list[str | int]) -> str:
    """`["therapies", 0, "to"]` as `therapies[0].to`; the document itself is `$`."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in parts).lstrip(".") or "$"


def words(path: str) -> tuple[str, ...]:
    """The values that the contract allows for a fact such as `therapies.kind`."""
    return tuple(word for word in fact(path).get("enum", ()) if word)


def fact(path: str) -> Document:
    """The schema of a fact such as `plan.guidance` or `blood_thinners.class`. Raises KeyError: no such fact."""
    at: Document = schema()
    for name in path.split("."):
        at = at.get("items", at)["properties"][name]
    return at


@cache
def schema() -> Document:
    read: Document = json.loads(Path(__file__).with_name("facts.schema.json").read_text("utf-8"))
    return read


@cache
def _keeps() -> Test:
    return compiled(schema())


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)


def _plain(error: ValidationError) -> list[Problem]:
    """A schema error in plain words, without repeating the value, which may be a patient's."""
    path: list[str | int] = list(error.absolute_path)
    allowed: Any = error.validator_value
    said: Any = error.instance
    match error.validator:
        case "additionalProperties":
            known = error.schema["properties"] if isinstance(error.schema, dict) else {}
            return [(join([*path, name]), "the contract has no such fact") for name in said if name not in known]
        case "required":
            absent = [name for name in allowed if name not in said]
            return [(join([*path, name]), "it is required") for name in absent]
        case "enum":
            return [(join(path), "it must be one of " + ", ".join(word for word in allowed if word))]
        case "type":
            kinds = [allowed] if isinstance(allowed, str) else [kind for kind in allowed if kind != "null"]
            return [(join(path), "it must be " + " or ".join(kinds))]
        case "pattern":
            return [(join(path), "it must be a date written YYYY-MM-DD, or where the contract allows YYYY-MM or YYYY")]
        case "format":
            return [(join(path), "there is no such day in the calendar")]
        case "minimum":
            return [(join(path), f"it must be at least {allowed}")]
        case "maximum":
            return [(join(path), f"it must be at most {allowed}")]
        case _:
            return [(join(path), error.message)]


def _no_number(_: str) -> float:
    raise ValueError("not a number")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("number too large")
    return number
