"""A small made-up criteria set as text, for tests that change it."""

HEAD = """key = "test-set"
version = "1"
title = "A made-up set"
publisher = "Test Publisher"
document = "None"
status = "partial"
status_note = "Made up for the tests."
source = "none"
read_on = "never"
unit = "injections"
payers = []
"""
CLAUSE = """[[clause]]
key = "interval"
says = "Thirty days."
pointer = "none"
[[clause.rule]]
kind = "interval"
days = 30
"""
RULE = 'kind = "interval"\ndays = 30\n'


def with_rule(*lines: str) -> str:
    """The set with other lines in its rule, the first of them on line 17."""
    return HEAD + CLAUSE.replace(RULE, "\n".join((*lines, "")))


def with_head(line: str) -> str:
    """The set with another line at the end of its head, line 12."""
    return f"{HEAD}{line}\n{CLAUSE}"
