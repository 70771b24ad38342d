"""A faulty criteria set is refused with every line that is wrong, and what is allowed there."""

from random import Random
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clinic.criteria import sets
from clinic.criteria.toml import MOST_BYTES, MOST_DEEP, MOST_LETTERS, MOST_LINES
from tests.criteria.made_up_sets import CLAUSE, HEAD, with_head, with_rule

NO_PLAIN = "text for each of en and es"
INDICATION = (
    'kind = "indication"',
    "cases = [",
    '    { patterns = ["radicular"] },',
    '    { patterns = ["sharp"] },  # nobody says so',
    '    { needs = ["luck"], regions = ["knee"] },',
    "]",
)
INLINE = """clause = [
  { key = "interval", says = "a", pointer = "b", rule = [{ kind = "interval", days = 0 }] },
  { key = "aim", says = "a", pointer = 3, rule = [{ kind = "one_of", fact = "plan.aim", values = ["diagnosis"] }] },
]
"""

ONE_FAULT = {
    # kinds of rule and their parameters
    "unknown kind": (with_rule('kind = "intervall"', "days = 30"), 17, "kind: .* conservative_care, .* interval, "),
    "kind left out": (with_rule("days = 30"), 16, "kind: .* must be one of cap, "),
    "kind is a number": (with_rule("kind = 3"), 17, "kind: .* must be one of cap, "),
    "missing parameter": (with_rule('kind = "interval"'), 16, "days: it is missing; .* whole number from 1 to 365"),
    "too small": (with_rule('kind = "interval"', "days = 0"), 18, "days: .* from 1 to 365"),
    "too large": (with_rule('kind = "interval"', "days = 366"), 18, "from 1 to 365"),
    "negative": (with_rule('kind = "interval"', "days = -30"), 18, "from 1 to 365"),
    "a fraction": (with_rule('kind = "interval"', "days = 30.0"), 18, "whole number"),
    "no number": (with_rule('kind = "interval"', "days = nan"), 18, "whole number"),
    "infinite": (with_rule('kind = "interval"', "days = inf"), 18, "whole number"),
    "a number in quotes": (with_rule('kind = "interval"', 'days = "30"'), 18, "whole number"),
    "true for a number": (with_rule('kind = "interval"', "days = true"), 18, "whole number"),
    "a number too long to read": (with_rule('kind = "interval"', "days = " + "9" * 5000), 18, "at most 4000 letters"),
    "unknown parameter": (with_rule('kind = "interval"', "days = 30", "weeks = 2"), 19, "weeks: .* days, regions"),
    "unknown parameter, none allowed": (with_rule('kind = "evaluated"', "days = 3"), 18, "allowed are none"),
    "unknown word": (with_rule('kind = "interval"', "days = 30", 'regions = "all"'), 19, "one of plan, every"),
    "one for true": (with_rule('kind = "cap"', "most = 3", "months = 6", "new_injury = 1"), 20, "true or false"),
    "unknown fact": (with_rule('kind = "one_of"', 'fact = "plan.colour"'), 18, "plan.biologic"),
    "fact of a list": (with_rule('kind = "one_of"', 'fact = "therapies.kind"'), 18, "plan.biologic"),
    "fact that is a number": (with_rule('kind = "one_of"', 'fact = "plan.level_count"'), 18, "plan.biologic"),
    "unknown value": (with_rule('kind = "one_of"', 'fact = "plan.aim"', 'values = ["fun"]'), 19, "short_term"),
    "word for yes or no": (
        with_rule('kind = "one_of"', 'fact = "plan.biologic"', 'values = ["no"]'),
        19,
        "true, false",
    ),
    "no values": (with_rule('kind = "one_of"', 'fact = "plan.aim"', "values = []"), 19, "a list of words"),
    "unknown key of a table": (with_rule('kind = "levels"', "most = { oral = 1 }"), 18, "oral: .* caudal"),
    "number in a table": (with_rule('kind = "levels"', "most = { caudal = 11 }"), 18, "caudal: .* from 1 to 10"),
    "empty table": (with_rule('kind = "levels"', "most = {}"), 18, "a table from transforaminal"),
    "empty list": (with_rule('kind = "indication"', "cases = []"), 18, "a list of tables"),
    "text for a row": (with_rule('kind = "indication"', 'cases = ["radicular"]'), 18, "it must be a table"),
    # clauses
    "clause twice": (HEAD + CLAUSE + CLAUSE, 20, "interval is already a clause"),
    "unknown clause": (HEAD + CLAUSE.replace('"interval"\nsays', '"spacing"\nsays'), 13, "cap-6-months"),
    "clause without words": (HEAD + CLAUSE.replace('says = "Thirty days."\n', ""), 12, "says: it is missing"),
    "empty words": (HEAD + CLAUSE.replace("Thirty days.", " "), 14, "says: it must be text"),
    "words with a NUL": (HEAD + CLAUSE.replace("Thirty", "\\u0000Thirty"), 14, "says: it must be text"),
    "words that read backwards": (HEAD + CLAUSE.replace("Thirty", "\u202eThirty"), 14, "says: it must be text"),
    "pointer is a number": (HEAD + CLAUSE.replace('pointer = "none"', "pointer = 3"), 15, "text"),
    "goes with no clause": (
        HEAD + CLAUSE.replace('"none"\n', '"none"\nwith_clause = "repeat"\n'),
        16,
        "before this one",
    ),
    "unknown key of a clause": (HEAD + CLAUSE.replace('"none"\n', '"none"\npage = 3\n'), 16, "page: .* pointer"),
    "plain in one language": (HEAD + CLAUSE.replace('"none"\n', '"none"\nplain.en = "30 days."\n'), 16, NO_PLAIN),
    "plain in a third": (
        HEAD + CLAUSE.replace('"none"\n', '"none"\nplain = { en = "a", es = "b", fr = "c" }\n'),
        16,
        NO_PLAIN,
    ),
    "plain as one text": (HEAD + CLAUSE.replace('"none"\n', '"none"\nplain = "30 days."\n'), 16, NO_PLAIN),
    "clause without a rule": (HEAD + CLAUSE.split("[[clause.rule]]")[0], 12, "rule: it is missing; .*one or more"),
    "rule as one table": (
        HEAD + CLAUSE.replace("[[clause.rule]]", "[clause.rule]"),
        16,
        r"one or more \[\[clause.rule",
    ),
    "no clause": (HEAD, 1, r"clause: it is missing; it must be one or more \[\[clause\]\]"),
    "clause as text": (with_head('clause = "none"').split("[[clause]]")[0], 12, r"one or more \[\[clause\]\]"),
    # the head
    "unknown key": (with_head('colour = "red"'), 12, "colour: there is no such key here; allowed are key, version"),
    "a hash of its own": (with_head('sha256 = "00"'), 12, "there is no such key"),
    "missing key": (HEAD.replace('title = "A made-up set"\n', "") + CLAUSE, 1, "title: it is missing"),
    "unknown unit": (HEAD.replace('unit = "injections"', 'unit = "visits"') + CLAUSE, 10, "sessions per region"),
    "version is a number": (HEAD.replace('version = "1"', "version = 1") + CLAUSE, 2, "letters, digits"),
    "key with a blank": (HEAD.replace('"test-set"', '"test set"') + CLAUSE, 1, "small letters, digits and hyphens"),
    "key with a line": (HEAD.replace('"test-set"', '"test-set\\n"') + CLAUSE, 1, "small letters"),
    "key too long": (HEAD.replace("test-set", "t" * 61) + CLAUSE, 1, "at most 60"),
    "payers as text": (HEAD.replace("payers = []", 'payers = "all"') + CLAUSE, 11, "a list of text"),
    "payer without a name": (HEAD.replace("payers = []", 'payers = ["A",\n"",\n"B"]') + CLAUSE, 12, "payers: .* text"),
    # dates
    "date as words": (with_head('effective_from = "soon"'), 12, "YYYY-MM-DD"),
    "date in quotes": (with_head('effective_from = "2026-01-01"'), 12, "without quotes"),
    "date with a time": (with_head("effective_from = 2026-01-01T09:00:00"), 12, "YYYY-MM-DD"),
    "no such day": (with_head("effective_from = 2026-02-30"), 12, "there is no such day"),
    "ends before it begins": (
        with_head("effective_from = 2026-02-02\neffective_to = 2026-02-01"),
        13,
        "effective_to: it must not be before effective_from",
    ),
    # the text itself
    "key twice": (with_rule('kind = "interval"', "days = 30", "days = 31"), 19, "only once in its table"),
    "key of the head twice": (with_head('key = "another"'), 12, "only once"),
    "key twice in one table": (with_rule('kind = "levels"', "most = { caudal = 1, caudal = 2 }"), 18, "only once"),
    "table twice": (HEAD + "[clause]\n[clause]\n", 13, "already given above"),
    "no value": ("key = ", 1, "a value is"),
    "a bare word": ("key = medicare", 1, "a value is"),
    "no quote at the end": ('key = "medicare\n', 1, "text ends with its quote"),
    "no bracket at the end": (with_head('payers_too = ["A", "B"'), 13, "no closing ]"),
    "no equals sign": ("key\n", 1, "followed by ="),
    "no sense": ("Medicare asks for four weeks.\n", 1, "followed by ="),
    "two on a line": ('key = "a" version = "1"\n', 1, "one key = value stands on a line"),
    "a lone carriage return": ('key = "a"\rversion = "1"\n', 1, "one key = value stands on a line"),
    "empty": ("", 1, "it is empty"),
    "blank": (" \n\n", 1, "it is empty"),
    "too deep": (with_head("payers_too = " + "[" * 5 + "\n" + "[" * 6 + "]" * 11), 13, f"at most {MOST_DEEP} deep"),
    "dotted too deep": (with_head(".".join("a" * 12) + " = 1"), 12, f"at most {MOST_DEEP} deep"),
    "too many lines": (HEAD + CLAUSE + "\n" * MOST_LINES, MOST_LINES + 1, f"at most {MOST_LINES} lines"),
    "a line too long": (with_head("# " + "a" * MOST_LETTERS), 12, f"at most {MOST_LETTERS} letters"),
}


@pytest.mark.parametrize(("document", "line", "says"), ONE_FAULT.values(), ids=ONE_FAULT)
def test_a_fault_is_named_with_its_line_and_what_is_allowed(document, line, says):
    with pytest.raises(sets.Faulty, match=rf"^criteria set, line \d+: .*{says}") as refused:
        sets.parse(document.encode())
    assert refused.value.line == line
    assert refused.value.problems == ((line, refused.value.because),)


@pytest.mark.parametrize(
    ("data", "line", "says"),
    [
        (b"\xff", 1, "UTF-8"),
        (HEAD.encode() + 'payer_name = "José"'.encode("latin-1"), 12, "save the document as UTF-8"),
        (b"\xef\xbb\xbf" + (HEAD + CLAUSE).encode(), 1, "without one"),
        ((HEAD + CLAUSE).encode("utf-16"), 1, "UTF-8"),
        (b"PK\x03\x04" + bytes(100), 1, "Invalid|is a key|followed by"),
        ((HEAD + CLAUSE).encode() + b"# a\n" * MOST_BYTES, 1, f"at most {MOST_BYTES}"),
    ],
    ids=["no text", "Latin-1", "byte order mark", "UTF-16", "an office file", "huge"],
)
def test_bytes_that_are_no_such_text_are_refused(data, line, says):
    with pytest.raises(sets.Faulty, match=says) as refused:
        sets.parse(data, "upload.toml")
    assert refused.value.line == line
    assert str(refused.value).startswith(f"upload.toml, line {line}: ")


def test_all_faults_are_named_at_once_in_the_order_of_their_lines():
    document = HEAD.replace('unit = "injections"', 'unit = "visits"').replace('title = "A made-up set"\n', "")
    document += CLAUSE.replace("days = 30", "days = 0") + CLAUSE.replace('"none"', "3").replace("days", "weeks")
    with pytest.raises(sets.Faulty) as refused:
        sets.parse(document.encode())
    found = [(line, because.split(":")[0]) for line, because in refused.value.problems]
    assert found == [(1, "title"), (9, "unit"), (17, "days"), (19, "key"), (21, "pointer"), (22, "days"), (24, "weeks")]
    assert (refused.value.line, refused.value.because) == refused.value.problems[0]
    assert str(refused.value).count("\n") == 6


def test_a_fault_in_a_row_is_named_with_the_line_of_the_row():
    with pytest.raises(sets.Faulty) as refused:
        sets.parse(with_rule(*INDICATION).encode())
    assert [line for line, _ in refused.value.problems] == [20, 21, 21]


def test_a_set_written_with_inline_tables_has_its_lines_too():
    with pytest.raises(sets.Faulty) as refused:
        sets.parse((HEAD + INLINE).encode())
    assert [line for line, _ in refused.value.problems] == [13, 14]


def problems_of(data):
    """Nothing where it is read; any exception but Faulty fails the test."""
    try:
        sets.parse(data)
    except sets.Faulty as refused:
        return refused.problems
    return ()


def test_no_more_faults_are_named_than_a_person_would_read():
    problems = problems_of((HEAD + "[[clause]]\n" * 1000).encode())
    assert len(problems) == 101
    assert problems[-1] == (37, "and 3900 more from here on")


HOSTILE = {
    "many tables": "[[clause]]\n" * 5000,
    "many keys": "".join(f"k{n} = 1\n" for n in range(5000)),
    "quotes that never close": ('"\\' * 1999 + "\n") * 12,
    "text that never closes": 'a = """' + '\\"""\n' * 10_000,
    "a long list": "payers = [\n" + "3,\n" * 15_000 + "]\n",
    "deep brackets": "a = " + "[\n" * 20_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_text_takes_long_to_refuse(text):
    start = process_time()
    assert problems_of(text.encode())
    assert process_time() - start < 2


# What an administrator's slip, or an adversary, may do to one line of a document.
SLIPS = (
    lambda _line, _random: "",
    lambda line, _random: f"{line}\n{line}",
    lambda line, random: line[: random.randrange(len(line) + 1)],
    lambda line, _random: line.replace('"', "", 1),
    lambda line, _random: line.replace("=", ":", 1),
    lambda line, _random: line.replace("[", "", 1),
    lambda line, _random: f"# {line}",
    lambda line, random: f"{line.partition('=')[0]}= {random.choice(VALUES)}",
    lambda line, random: f"{random.choice(NAMES)} = {line.partition('=')[2] or random.choice(VALUES)}",
    lambda _line, random: random.choice(HEADERS),
    lambda line, random: line[: (at := random.randrange(len(line) + 1))] + random.choice(SIGNS) + line[at:],
)
VALUES = (
    "0",
    "-1",
    "true",
    "inf",
    "nan",
    "1e400",
    '""',
    '"x"',
    "[]",
    "[[]]",
    "{}",
    "2026-02-30",
    "2026-01-01",
    "[1, {a = 2}]",
)
NAMES = ("key", "kind", "rule", "clause", "sha256", "plain.en", "with_clause", "most", '"a b"', "effective_to", "rules")
HEADERS = (
    "[[clause]]",
    "[[clause.rule]]",
    "[clause]",
    "[clause.rule]",
    "[[payers]]",
    "[plain]",
    "[[clause.rule.cases]]",
)
SIGNS = (
    '"',
    "'",
    '"""',
    "[",
    "]",
    "{",
    "}",
    ".",
    ",",
    "=",
    "#",
    "\\",
    "\\u0000",
    "\0",
    "\r",
    "\u2028",
    "\ufeff",
    "é",
    "\t",
)
TEXTS = [(sets.FOLDER / f"{one.name}.toml").read_text("utf-8") for one in sets.versions()]


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**32))
def test_a_document_changed_by_chance_is_read_or_refused_with_a_line_of_it(seed):
    random = Random(seed)
    lines = random.choice(TEXTS).split("\n")
    for _ in range(random.choice([1, 1, 2, 4])):
        at = random.randrange(len(lines))
        lines[at] = random.choice(SLIPS)(lines[at], random)
    text = "\n".join(lines)
    last = text.count("\n") + 1
    assert all(1 <= line <= last and because for line, because in problems_of(text.encode()))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_refused_as_such(data):
    assert problems_of(data)
