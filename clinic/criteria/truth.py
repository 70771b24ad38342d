"""Yes, no and nobody has said (True, False, None), joined so that a fact said later never overturns an answer."""

from collections.abc import Collection

Truth = bool | None


def is_in(value: object, allowed: Collection[object], *, negated: bool = False) -> Truth:
    """Whether a fact is among the allowed values (or, negated, is not); None where nobody has said."""
    return None if value is None else (value in allowed) is not negated


def both(*parts: Truth) -> Truth:
    """And: no where any is no, else unsaid where any is unsaid."""
    if False in parts:
        return False
    return None if None in parts else True


def any_true(parts: Collection[Truth]) -> Truth:
    """Or: yes where any is yes, else unsaid where any is unsaid."""
    if True in parts:
        return True
    return None if None in parts else False
