"""The press: data goes in as JSON beside a template, a tagged PDF comes out (PDF/UA-1, ISO 14289-1)."""

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import typst

HERE = Path(__file__).parent
QUOTED = re.compile(r"`.*?`", re.DOTALL)


class Refused(Exception):
    """The press refused a template; the message has no text of a letter in it."""


def pressed(template: str, data: Mapping[str, Any]) -> bytes:
    """The PDF of a template of this folder; the same data gives the same bytes, for templates set no date."""
    try:
        made = typst.compile(
            HERE / template,
            font_paths=_typefaces(),
            sys_inputs=_inputs(data),
            format="pdf",
            pdf_standards=["ua-1"],
        )
    except typst.TypstError as error:
        raise Refused(f"{template}: {QUOTED.sub('…', error.message)}") from None
    return bytes(made)


def page_count(template: str, data: Mapping[str, Any]) -> int:
    """On how many pages a template would come out."""
    try:
        counted = typst.query(
            HERE / template, "<pages>", field="value", one=True, font_paths=_typefaces(), sys_inputs=_inputs(data)
        )
    except typst.TypstError as error:
        raise Refused(f"{template}: {QUOTED.sub('…', error.message)}") from None
    return int(counted)


def _inputs(data: Mapping[str, Any]) -> dict[str, str]:
    return {"data": json.dumps(data)}


@cache
def _typefaces() -> typst.Fonts:
    """Ours and those that typst brings, none of the machine: a letter looks the same everywhere."""
    return typst.Fonts(include_system_fonts=False, font_paths=[HERE / "fonts"])
