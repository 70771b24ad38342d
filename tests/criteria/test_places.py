"""The line of each key of a TOML document, as the standard library's reader sees it."""

import tomllib

import pytest

from clinic.criteria import sets
from clinic.criteria.contract import join
from clinic.criteria.places import lines_of

TEXTS = {one.name: (sets.FOLDER / f"{one.name}.toml").read_text("utf-8") for one in sets.versions()}
EVERY_WAY = '''# every way of TOML to say where something stands
a = 1 # not here = 2
"b c" = """
d = 3
"""
e.f = 'x = "y" # z'
g.'h'.i = [ 1, # [
  [2, 3],
  { j = 4, k.l = "]" } ]

[m]
n = 2026-01-01 09:00:00
[[o.p]]
q = 1.5
[[o.p]]
[o.p.r]
s = true
[[o.p.t]]
u = ["v", """w
""", {}]
'''


def places(value, place=()):
    """The place of everything that a document holds."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place, *(found for name, item in inner for found in places(item, (*place, name)))]


STANDS = {
    2: "a",
    3: "b c",
    6: "e e.f",
    7: "g g.h g.h.i g.h.i[0]",
    8: "g.h.i[1] g.h.i[1][0] g.h.i[1][1]",
    9: "g.h.i[2] g.h.i[2].j g.h.i[2].k g.h.i[2].k.l",
    11: "m",
    12: "m.n",
    13: "o.p o.p[0]",
    14: "o.p[0].q",
    15: "o.p[1]",
    16: "o.p[1].r",
    17: "o.p[1].r.s",
    18: "o.p[1].t o.p[1].t[0]",
    19: "o.p[1].t[0].u o.p[1].t[0].u[0] o.p[1].t[0].u[1]",
    20: "o.p[1].t[0].u[2]",
}


def test_every_way_of_saying_where_something_stands():
    lines = lines_of(EVERY_WAY)
    assert set(lines) == {place for place in places(tomllib.loads(EVERY_WAY)) if place} - {("o",)}
    assert {
        line: " ".join(join(list(place)) for place, on in lines.items() if on == line) for line in lines.values()
    } == STANDS


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_every_key_of_a_set_that_ships_stands_on_its_line(text):
    lines, rows = lines_of(text), text.split("\n")
    named = [place for place in places(tomllib.loads(text)) if place and isinstance(place[-1], str)]
    assert len(named) > 40
    assert all(place[-1] in rows[lines[place] - 1] for place in named)
