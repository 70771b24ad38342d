"""What somebody typed into the search box, taken apart: pure, so that it can be read and tested by itself."""

import re
from dataclasses import dataclass
from datetime import date, datetime

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # of references: no 0/O, 1/I, as they are read aloud on the phone
DAYS = ("%Y-%m-%d", "%m/%d/%Y", "%m-%d-%Y", "%m.%d.%Y", "%d %B %Y", "%B %d %Y", "%d %b %Y", "%b %d %Y")
MOST_WORDS = 6  # more would only make the query slow: nobody's name is longer


@dataclass(frozen=True)
class Sought:
    """One birth date, or the digits of a phone number, or words of a name or address; perhaps a reference too."""

    born: date | None = None
    digits: str = ""
    words: tuple[str, ...] = ()
    reference: str = ""

    def __bool__(self) -> bool:
        return bool(self.born or self.digits or self.words)


def read(typed: str) -> Sought:
    """Take apart what was typed: `03/14/1970` and `14 March 1970` are days, `(617) 555-0142` is a number."""
    typed = " ".join(typed.replace("\x00", " ").split())[:200]
    born = _day(typed)
    if born:
        return Sought(born=born)
    reference = reference_in(typed)
    if re.fullmatch(r"[\d\s().+-]{3,}", typed) and (digits := re.sub(r"\D", "", typed)):
        return Sought(digits=digits, reference=reference)
    return Sought(words=tuple(typed.replace(",", " ").split()[:MOST_WORDS]), reference=reference)


def reference_in(typed: str) -> str:
    """`7kq-2m4` and `7KQ 2M4` are the reference 7KQ2M4."""
    letters = re.sub(r"[\s-]", "", typed).upper()
    return letters if re.fullmatch(f"[{LETTERS}]{{6}}", letters) else ""


def _day(typed: str) -> date | None:
    for form in DAYS:
        try:
            day = datetime.strptime(typed.replace(",", ""), form).date()  # noqa: DTZ007 - a birth date has no zone
        except ValueError:
            continue
        return day if day.year > 1800 else None
    return None
