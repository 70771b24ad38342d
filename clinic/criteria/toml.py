"""TOML text from bytes that a person uploaded: read strictly, with the line of what is wrong and what is allowed."""

import re
import tomllib
from codecs import BOM_UTF8
from typing import Any

from clinic.criteria.places import too_deep

MOST_BYTES = 200_000  # the longest set that ships has some 15 000
MOST_DEEP = 10
MOST_LINES = 3_000  # the longest that ships has some 170; a page shows every line
MOST_LETTERS = 4_000  # of one line: beyond it a number could be too large to be read at all

# What the standard library's reader says, and what an administrator can do about it.
SYNTAX = {
    "Cannot overwrite a value": "this key is already given above; a key may stand only once in its table",
    "Cannot declare": "this table is already given above; only [[clause]] and [[clause.rule]] may be repeated",
    "Cannot mutate immutable": "this table is already given above, and cannot be added to",
    "Cannot redefine": "this table is already given above, and cannot be added to",
    "Cannot define": "this table is already given above, and cannot be added to",
    "Duplicate inline table key": "this key is already given in this table; a key may stand only once",
    "Invalid date or datetime": "there is no such day; a date is written YYYY-MM-DD, without quotes",
    "Invalid value": 'a value is "text in quotes", a whole number, true or false, a date, a [list] or a { table }',
    "Invalid statement": "a line is a key = value, a [[clause]] or [[clause.rule]], or a # remark",
    "Invalid initial character for a key part": "a key is letters, digits, - and _",
    "Expected '=' after a key": "a key is followed by = and its value",
    "Expected newline or end of document": "one key = value stands on a line, and nothing but a # remark after it",
    "Expected ']": "a header ends with ] or ]]",
    "Unclosed array": "this list has no closing ]; its values are parted by commas",
    "Unclosed inline table": "this table has no closing }; its keys are parted by commas, all on one line",
    "Unterminated string": 'this text has no closing quote; a " within text is written \\"',
    "Expected '\"'": 'this text has no closing quote; a " within text is written \\"',
    "Unescaped '\\' in a string": "a \\ within text is written \\\\",
    "Illegal character": "this character may not stand here; text ends with its quote, and on its own line",
    'Expected "\'"': "this text has no closing quote",
    "Found invalid character": "this character may not stand here",
}


class Syntax(ValueError):
    """Bytes that cannot be read: the line, and what is allowed there."""

    def __init__(self, line: int, because: str) -> None:
        super().__init__(because)
        self.line, self.because = line, because


def read_toml(data: bytes) -> tuple[str, dict[str, Any]]:
    """The text, its lines ended by newlines alone, and what it holds. Raises Syntax."""
    if len(data) > MOST_BYTES:
        raise Syntax(1, f"it has {len(data)} bytes; at most {MOST_BYTES} are allowed")
    text = _text(data)
    if not text.strip():
        raise Syntax(1, "it is empty; a set begins with its key, version and title")
    if text.count("\n") > MOST_LINES:
        raise Syntax(MOST_LINES + 1, f"at most {MOST_LINES} lines are allowed")
    long = next((n for n, line in enumerate(text.split("\n"), 1) if len(line) > MOST_LETTERS), None)
    if long:
        raise Syntax(long, f"a line may have at most {MOST_LETTERS} letters")
    deep = too_deep(text, MOST_DEEP)
    if deep:
        raise Syntax(deep, f"lists, tables and dotted names may lie at most {MOST_DEEP} deep in one another")
    try:
        return text, tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise _plain(text, str(problem)) from problem


def _text(data: bytes) -> str:
    if data.startswith(BOM_UTF8):
        raise Syntax(1, "it begins with a byte order mark; save it as UTF-8 without one")
    try:
        return data.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise Syntax(line, "this is not text in UTF-8; save the document as UTF-8") from problem


def _plain(text: str, said: str) -> Syntax:
    line = re.search(r"\(at line (\d+), column \d+\)$", said)
    because = next((ours for theirs, ours in SYNTAX.items() if said.startswith(theirs)), said)
    return Syntax(int(line[1]) if line else text.rstrip("\n").count("\n") + 1, because)
