"""The code by which a reply finds its case: it says nothing about the patient, and a wrong character is noticed.

Seven random letters and digits and a check character. The sum of the eight places, each times its number from 1 to 8,
is a multiple of 29; since 29 is prime, one wrong character and two that were swapped never keep it so.
"""

import re
import secrets

LETTERS = "23456789ABCDEFGHJKMNPQRTVWXYZ"  # 29: none that a bad fax turns into another, as 0 and O, 1 and I, 5 and S
LENGTH = 8


def new_code() -> str:
    """A code that nobody can guess, such as K7RT9M2K."""
    return with_check("".join(secrets.choice(LETTERS) for _ in range(LENGTH - 1)))


def with_check(begun: str) -> str:
    """Seven characters with the eighth that makes them a code."""
    return next(code for code in (begun + last for last in LETTERS) if holds(code))


def holds(code: str) -> bool:
    """Whether eight characters are a code."""
    total = sum(place * LETTERS.index(letter) for place, letter in enumerate(code, 1))
    return total % len(LETTERS) == 0


def read(typed: str) -> str:
    """The code that was typed, however it was grouped: "k7rt-9m2k" is K7RT9M2K; empty for anything that is none."""
    code = re.sub(r"[\s-]", "", typed).upper()
    return code if re.fullmatch(f"[{LETTERS}]{{{LENGTH}}}", code) and holds(code) else ""


def grouped(code: str) -> str:
    """As it is printed and read aloud: K7RT-9M2K."""
    return f"{code[:4]}-{code[4:]}"
