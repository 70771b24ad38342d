"""How much steroid was injected, in mg of methylprednisolone, joints included: information, never a verdict.

Conversion: the labels of injectable steroids in the United States (such as Kenalog-40, Dosage and Administration)
compare 4 mg of methylprednisolone with 4 mg of triamcinolone, 0.75 mg of dexamethasone or betamethasone, 5 mg of
prednisolone and 20 mg of hydrocortisone. They add that this holds by mouth or vein, and may be quite different for
what is injected into a joint. Other tables give betamethasone 0.6 to 0.75 mg (GlobalRPh, after Meikle and Tyler, Am J
Med 1977;63:200-207): where sources differ, the sum is a range.

Comparison: at most 200 mg in a year and 400 mg in three years, for women after menopause, with about 40 mg a time
(Brown-Beresford et al., Interv Pain Med 2022;1:100094, doi 10.1016/j.inpm.2022.100094). The two sums go back to where
bone density fell (Kerezoudis et al., Pain Med 2018;19:569-579). No payer's text names such a sum.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Any

from clinic.criteria.dates import NoSuchDay, Span, add_months, parse
from clinic.criteria.scales import exact

METHYLPREDNISOLONE_MG = Fraction(4)
YEAR, THREE_YEARS = 12, 36
RECOMMENDED = {YEAR: 200, THREE_YEARS: 400}  # mg of methylprednisolone in so many months


@dataclass(frozen=True, slots=True)
class Steroid:
    """A drug: `least` to `most` mg of it do as much as 4 mg of methylprednisolone; other names on the box."""

    name: str
    least: Fraction
    most: Fraction
    other_names: tuple[str, ...] = ()


def _one(name: str, mg: str, *other_names: str) -> Steroid:
    return Steroid(name, Fraction(mg), Fraction(mg), other_names)


TABLE = (
    _one("methylprednisolone", "4", "metilprednisolona", "depo-medrol", "solu-medrol", "medrol"),
    _one("triamcinolone", "4", "triamcinolona", "kenalog", "kenacort", "aristospan", "zilretta"),
    _one("dexamethasone", "0.75", "dexametasona", "decadron"),
    Steroid("betamethasone", Fraction("0.6"), Fraction("0.75"), ("betametasona", "celestone", "diprospan")),
    _one("prednisolone", "5", "prednisolona"),
    _one("hydrocortisone", "20", "hidrocortisona", "solu-cortef"),
)


def _words(text: str) -> list[str]:
    letters = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(each for each in letters if not unicodedata.combining(each))
    return re.findall(r"[a-z]+", plain)


BY_NAME = {name.replace("-", ""): steroid for steroid in TABLE for name in (steroid.name, *steroid.other_names)}


@dataclass(frozen=True, slots=True)
class Amount:
    """Some mg of methylprednisolone from `least` to `most`; `most` None: at least so many, as not all is known."""

    least: Fraction
    most: Fraction | None

    def __add__(self, other: "Amount") -> "Amount":
        most = None if self.most is None or other.most is None else self.most + other.most
        return Amount(self.least + other.least, most)


NOTHING = Amount(Fraction(0), Fraction(0))
UNKNOWN = Amount(Fraction(0), None)


def in_words(amount: Amount) -> str:
    """ "72 mg", "32 to 40 mg", "at least 72 mg", or that it is not known."""
    if amount.most is None:
        return f"at least {_number(amount.least)} mg" if amount.least else "not known"
    return f"{range_in_words(amount.least, amount.most)} mg"


def range_in_words(least: Fraction, most: Fraction) -> str:
    return _number(least) if least == most else f"{_number(least)} to {_number(most)}"


def _number(value: Fraction) -> str:
    return f"{round(float(value), 2 if value < 1 else 1):g}"


def find(drug: str | None) -> Steroid | None:
    """The one steroid that somebody wrote, by generic or brand name; None where it is not in the table, or not one."""
    words = _words(drug or "")
    # "Depo-Medrol", "Depo Medrol" and "DepoMedrol" are one name; "methyl prednisolone" is not prednisolone.
    joined = [each for pair in pairwise(words) if (each := "".join(pair)) in BY_NAME]
    alone = [each for each in words if each in BY_NAME and not any(name.endswith(each) for name in joined)]
    found = {BY_NAME[each].name: BY_NAME[each] for each in (*joined, *alone)}
    return next(iter(found.values())) if len(found) == 1 else None


def equivalent(drug: str | None, mg: float | None) -> Amount:
    """The dose in mg of methylprednisolone; UNKNOWN where the drug or the dose is."""
    steroid = find(drug)
    if steroid is None or mg is None:
        return UNKNOWN
    given = exact(mg) * METHYLPREDNISOLONE_MG
    return Amount(given / steroid.most, given / steroid.least)


@dataclass(frozen=True, slots=True)
class Given:
    """One injection on record: its path there, the days that it may have been given on (None: nobody has said)."""

    path: str
    on: Span | None
    amount: Amount

    def within(self, months: int, as_of: date) -> bool | None:
        """Whether it was given after the same day that many months before; None where its date leaves that open."""
        limit = add_months(as_of, -months)
        if self.on is None:
            return None
        if self.on.first > as_of or self.on.last <= limit:
            return False
        return True if self.on.first > limit else None


@dataclass(frozen=True, slots=True)
class Tally:
    """What was injected, and its sums by window; `asked` is false where nobody has asked about all injections."""

    as_of: date
    given: tuple[Given, ...]
    asked: bool

    def total(self, months: int) -> Amount:
        """The sum over the last `months`: surely the least, at most the most."""
        sum_of = NOTHING if self.asked else UNKNOWN
        for each in self.given:
            within = each.within(months, self.as_of)
            if within is True:
                sum_of += each.amount
            elif within is None:
                sum_of += Amount(Fraction(0), each.amount.most)
        return sum_of

    def open(self, months: int) -> tuple[str, ...]:
        """The injections because of which the sum has no upper end: their drug or dose is not known."""
        within = [each for each in self.given if each.within(months, self.as_of) is not False]
        return tuple(each.path for each in within if each.amount.most is None)


def tally(lists: Mapping[str, Sequence[Mapping[str, Any]] | None], as_of: date) -> Tally:
    """The injections of these lists of the record, by the list's path; None is a list that nobody has asked about.

    A row has `on` (a partial date), `drug` and `dose_mg`; what nobody has said is absent.
    """
    given = [
        Given(f"{path}[{index}]", _span(row.get("on")), equivalent(row.get("drug"), row.get("dose_mg")))
        for path, rows in lists.items()
        for index, row in enumerate(rows or ())
    ]
    return Tally(as_of, tuple(given), all(rows is not None for rows in lists.values()))


def _span(text: str | None) -> Span | None:
    try:
        return parse(text) if text else None
    except NoSuchDay:
        return None
