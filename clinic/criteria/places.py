"""Where each value of a TOML document stands, so that a fault can be named with its line.

The standard library's reader says what a document holds and not where. This walks the tokens of a text that it has
accepted (https://toml.io/en/v1.0.0), and keeps the line on which each key, table and item begins.
"""

import re
import tomllib
from collections.abc import Iterator

from clinic.criteria.declared import Place

TOKEN = re.compile(
    r'''
    (?P<text> """(?:\\.|[^\\])*?(?:"{3,5}|\\?\Z) | \'\'\'.*?(?:\'{3,5}|\Z) | "(?:\\[^\n]|[^"\\\n])*"? | '[^'\n]*'? )
    | (?P<skip> \#[^\n]* | [ \t\r]+ )
    | (?P<end> \n )
    | (?P<mark> [\[\]{}=,.] )
    | (?P<bare> [^\s\[\]{}=,.\#"']+ )
    ''',
    re.DOTALL | re.VERBOSE,
)
# Text without its closing quotes is a token too, so that no text takes long to walk; the reader refuses it.
Token = tuple[str, str, int]  # its kind, its text, its line
OPENS, CLOSES = ("[", "{"), ("]", "}")


def too_deep(text: str, most: int) -> int | None:
    """The first line on which lists, tables and dotted names lie more than `most` deep; None where none does."""
    depth = dots = 0
    for _, sign, line in _tokens(text):
        depth += (sign in OPENS) - (sign in CLOSES)
        dots = 0 if sign == "\n" else dots + (sign == ".")
        if max(depth, dots) > most:
            return line
    return None


def lines_of(text: str) -> dict[Place, int]:
    """The line of every key, table and item of a text that is TOML, such as `("clause", 0, "rule", 1, "kind")`."""
    return _Walk(text).walk()


def _tokens(text: str) -> Iterator[Token]:
    line = 1
    for match in TOKEN.finditer(text):
        if match.lastgroup != "skip":
            yield str(match.lastgroup), match.group(), line
        line += match.group().count("\n")


class _Walk:
    def __init__(self, text: str) -> None:
        self.tokens = list(_tokens(text))
        self.at = 0
        self.lines: dict[Place, int] = {}
        self.last: dict[Place, int] = {}  # of each list of tables, the index of its last one

    def walk(self) -> dict[Place, int]:
        table: Place = ()
        while self.at < len(self.tokens):
            if self.next_is("\n"):
                self.take()
            elif self.next_is("["):
                table = self.header()
            else:
                self.pair(table)
        return self.lines

    def header(self) -> Place:
        """`[name]` or `[[name]]`: the place of the table that it begins."""
        line = self.take()[2]
        double = self.next_is("[") and bool(self.take())
        *above, name = self.names()
        place: Place = ()
        for step in above:
            place = self.into_last((*place, step))
        place = (*place, name)
        if double:
            self.last[place] = self.last.get(place, -1) + 1
            self.lines.setdefault(place, line)
        place = self.into_last(place)
        self.lines[place] = line
        while not self.next_is("\n") and self.at < len(self.tokens):
            self.take()
        return place

    def into_last(self, place: Place) -> Place:
        return (*place, self.last[place]) if place in self.last else place

    def pair(self, table: Place) -> None:
        """`name = value`; the parts of a dotted name stand on its line as well."""
        line = self.tokens[self.at][2]
        place = table
        for name in self.names():
            place = (*place, name)
            self.lines.setdefault(place, line)
        self.take()  # the sign =
        self.value(place)

    def names(self) -> list[str]:
        found = [self.name()]
        while self.next_is("."):
            self.take()
            found.append(self.name())
        return found

    def name(self) -> str:
        kind, said, _ = self.take()
        return str(tomllib.loads(f"name = {said}")["name"]) if kind == "text" else said

    def value(self, place: Place) -> None:
        self.lines.setdefault(place, self.tokens[self.at][2])
        if self.next_is("["):
            self.items(place)
        elif self.next_is("{"):
            self.inline(place)
        else:
            while self.at < len(self.tokens) and self.tokens[self.at][1] not in ("\n", ",", "]", "}"):
                self.take()

    def items(self, place: Place) -> None:
        self.take()
        index = 0
        while not self.next_is("]"):
            if self.next_is("\n") or self.next_is(","):
                self.take()
            else:
                self.value((*place, index))
                index += 1
        self.take()

    def inline(self, place: Place) -> None:
        self.take()
        while not self.next_is("}"):
            if self.next_is(","):
                self.take()
            else:
                self.pair(place)
        self.take()

    def next_is(self, mark: str) -> bool:
        return self.at < len(self.tokens) and self.tokens[self.at][0] != "text" and self.tokens[self.at][1] == mark

    def take(self) -> Token:
        self.at += 1
        return self.tokens[self.at - 1]
