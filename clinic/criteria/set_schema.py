"""The JSON Schema of a criteria set, made from the declared kinds of rule and their checks, so that an editor helps.

Kept as sets/criteria-set.schema.json beside the sets, which name it in their first line (`#:schema`).
"""

import json
from pathlib import Path
from typing import Any

from clinic.criteria.declared import Schema, schema_of
from clinic.criteria.guide import GUIDE
from clinic.criteria.sets import FOLDER, CriteriaSet

FILE: Path = FOLDER / "criteria-set.schema.json"


def schema() -> Schema:
    """Draft 7, which TOML editors know; TOML's dates are texts of the format `date`."""
    head = {"$schema": "http://json-schema.org/draft-07/schema#", "$id": FILE.name}
    return {**head, **_explained(schema_of(CriteriaSet)), "title": "Criteria set"}


def as_text() -> str:
    return json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"


def _explained(node: Any) -> Any:
    """The schema with the words of the guide: on each table what it asks, on each key what it is."""
    if isinstance(node, list):
        return [_explained(item) for item in node]
    if not isinstance(node, dict):
        return node
    inner = {name: _explained(value) for name, value in node.items()}
    title = node.get("title")
    if not isinstance(title, str) or title not in GUIDE:
        return inner
    asks, keys = GUIDE[title]
    properties = {
        name: {"description": keys[name], **shape} if name in keys else shape
        for name, shape in inner["properties"].items()
    }
    return {**inner, "description": asks, "properties": properties}
