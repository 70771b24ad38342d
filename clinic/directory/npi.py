"""The National Provider Identifier and its check digit. Pure.

Ten digits, the first of them 1 or 2 and the last a check digit (69 FR 3434, 45 CFR 162.406). The check digit is Luhn's
(ISO/IEC 7812) over the first nine digits behind the prefix 80840, which says "health" and "United States", whether or
not the prefix is written (CMS, Requirements for National Provider Identifier (NPI) and NPI Check Digit).
"""

import re

PREFIX = "80840"
SHAPE = r"^[12][0-9]{9}$"


def check_digit(first_nine: str) -> str:
    """The tenth digit that belongs to nine. Raises ValueError for anything but nine digits."""
    if not re.fullmatch(r"[0-9]{9}", first_nine):
        raise ValueError("A check digit is worked out from nine digits.")
    total = 0
    for place, digit in enumerate(reversed(PREFIX + first_nine)):
        doubled = int(digit) * (1 if place % 2 else 2)
        total += doubled // 10 + doubled % 10
    return str(-total % 10)


def written(typed: str) -> str:
    """The digits of an NPI without the blanks and hyphens that it was typed with."""
    return re.sub(r"[\s-]", "", typed)


def fault(npi: str) -> str:
    """What is wrong with an NPI, in a sentence that says what is allowed; empty where nothing is."""
    if not re.fullmatch(r"[0-9]{10}", npi):
        return "An NPI has ten digits."
    if not re.match(SHAPE, npi):
        return "An NPI begins with 1 or 2."
    if check_digit(npi[:9]) != npi[9]:
        return "The last digit does not belong to the nine before it, so one of the ten is mistyped."
    return ""
