"""Whether two languages of a text say the same numbers."""

import re
from collections import Counter

# 1,200 is 1200, and so it is with a space that does not break; 0.5 is 0,5. A comma before three digits parts thousands.
THOUSANDS = ",\u00a0\u202f"
NUMBER = re.compile(rf"\d+(?:[{THOUSANDS}]\d{{3}})*(?:[.,]\d+)?")
TAG = re.compile(r"<[^>]*>")


def numbers(text: str) -> Counter[str]:
    """The numbers that stand as digits in a text or in rich text, each in one form, with how often it stands there."""
    return Counter(_plainly(found) for found in NUMBER.findall(TAG.sub(" ", text)))


def _plainly(written: str) -> str:
    joined = re.sub(rf"[{THOUSANDS}](?=\d{{3}}(?:\D|$))", "", written)
    return joined.replace(",", ".")


def said_in_one_only(one: str, other: str) -> tuple[list[str], list[str]]:
    """The numbers that the first text has and the second lacks, and the other way round."""
    first, second = numbers(one), numbers(other)
    return sorted((first - second).elements()), sorted((second - first).elements())
