"""The contract's command without its shell: bytes of a facts file in, JSON text and an exit status out."""

import json
from collections.abc import Sequence

from clinic.criteria.contract import Refused, read_json
from clinic.criteria.determine import chosen, judge, judge_or_refuse
from clinic.criteria.sets import UnknownSet


class Stopped(ValueError):
    """Nothing is judged: the reasons, one a line, for standard error. Exit status 2."""


def run(data: bytes, policies: Sequence[str] | None) -> tuple[str, int]:
    """The JSON of one document or of a list, and the exit status: 1 where one of a list was refused.

    Raises Stopped where nothing can be judged: no JSON, a single document that is refused, an unknown policy.
    """
    try:
        criteria = chosen(policies)
        documents = read_json(data.decode("utf-8-sig"))
        if isinstance(documents, list):
            results = [judge_or_refuse(document, criteria) for document in documents]
            return _json(results), int(any("refused" in result for result in results))
        return _json(judge(documents, criteria)), 0
    except UnknownSet as problem:
        raise Stopped(str(problem)) from problem
    except UnicodeDecodeError as problem:
        raise Stopped("the facts must be JSON in UTF-8") from problem
    except Refused as refused:
        raise Stopped("\n".join(f"{path}: {because}" for path, because in refused.problems)) from refused


def _json(value: object) -> str:
    return json.dumps(value, indent=2)
