"""All sets on one case, clause by clause: the verdict, the number that decided, and why. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from clinic.criteria import reasons
from clinic.criteria.determine import ClauseResult

from .reading import CLAUSE_ORDER
from .weighing import Result, clause_title

# What is short enough to be read down a column, by the key of the reason that holds the number.
NUMBERS = {
    "pain-days": "{days:days} of pain",
    "pain-days-short": "{most:number} of {needed:days} of pain",
    "pain-days-open": "{least:number} to {most:number} of {needed:days} of pain",
    "care-days": "{days:days} of care",
    "care-days-at-least": "at least {least:days} of care",
    "care-days-short": "{days:number} of {needed:days} of care",
    "care-days-at-most": "at most {most:number} of {needed:days} of care",
    "care-days-in-window": "{days:days} of care in {months:months}",
    "care-days-at-least-in-window": "at least {least:days} of care in {months:months}",
    "care-days-short-in-window": "{days:number} of {needed:days} of care in {months:months}",
    "care-days-at-most-in-window": "at most {most:number} of {needed:days} of care in {months:months}",
    "care-days-old": "care ended over {months:months} ago",
    "care-days-open": "{least:number} to {most:number} of {needed:days} of care",
    "care-days-open-ended": "at least {least:number} of {needed:days} of care",
    "active-therapy": "at least {least:days} of active therapy",
    "active-therapy-short": "{most:number} of {needed:days} of active therapy",
    "active-therapy-open": "at least {least:number} of {needed:days} of active therapy",
    "image-recent": "{on:date}, within {months:months}",
    "image-on-limit": "{on:date}, exactly {months:months}",
    "image-old": "{on:date}, over {months:months}",
    "image-age-open": "within {months:months}?",
    "recent": "{on:date}, under {months:months}",
    "not-recent": "{on:date}, {months:months} or more",
    "recent-open": "under {months:months}?",
    "score-enough": "{scale:name} {value:number}, at least {least:number}",
    "score-low": "{scale:name} {value:number}, at least {least:number}",
    "average-enough": "average {scale:name} {value:number}, at least {least:number}",
    "average-low": "average {scale:name} {value:number}, at least {least:number}",
    "number-and-words-disagree": "{scale:name} {value:number}",
    "levels": "{levels:levels}",
    "levels-too-many": "{levels:number} of at most {most:levels}",
    "regions-too-many": "{regions:number} regions of 1",
    "scale-better": "{change:number} % better, at least {percent:number} %",
    "scale-not-better": "{change:number} % better, at least {percent:number} %",
    "relief-lasted": "until {needed:date} or later",
    "relief-too-short": "not until {needed:date}",
    "relief-too-early": "until {needed:date} asked for",
    "relief-end-open": "until {needed:date}?",
    "relief-enough": "{relief:number} %, at least {percent:number} %",
    "relief-not-enough": "{relief:number} %, at least {percent:number} %",
    "relief-for-review": "{relief:number} %",
    "waited": "{days:days}",
    "not-waited": "{days:number} of {needed:days}",
    "starts-again": "over {years:years}",
    "repeat-not-read": "last {on:date}",
    "cap": "{count:number} of {most:number} in {months:months}",
    "cap-exceeded": "{count:number} of {most:number} in {months:months}",
    "cap-anniversary": "exactly {months:months} on {since:date}",
    "cap-new-injury": "{count:number} of {most:number} in {months:months}",
    "cap-both-sides": "of {most:number} in {months:months}",
    "cap-open": "{count:number} to {highest:number} of {most:number} in {months:months}",
    "failed-sessions": "{count:number} or more below {percent:number} %",
    "failed-sessions-few": "{count:number} of {most:number} below {percent:number} %",
    "course-short": "since {since:date}, {months:months} asked about",
    "course-open": "{months:months}?",
    "no-old-session": "none over {months:months} old",
}


@dataclass(frozen=True)
class Cell:
    """What one set makes of one clause; no verdict where its text says nothing of it."""

    of: Result
    verdict: str = ""
    number: str = ""
    sentence: str = ""


@dataclass(frozen=True)
class Row:
    """One clause key across all sets, in their order."""

    key: str
    title: str
    cells: tuple[Cell, ...]

    @property
    def silent(self) -> str:
        """The sets that state nothing of it."""
        return ", ".join(
            cell.of.of.payers[0] if cell.of.of.payers else cell.of.of.publisher
            for cell in self.cells
            if not cell.verdict
        )


def rows(results: Sequence[Result]) -> list[Row]:
    """A row for each clause key that any of the sets has."""
    columns = [(each, {clause.key: clause for clause in each.determination.clauses}) for each in results]
    keys = [key for key in CLAUSE_ORDER if any(key in column for _, column in columns)]
    return [
        Row(key, clause_title(key), tuple(_cell(each, column.get(key)) for each, column in columns)) for key in keys
    ]


def _cell(result: Result, clause: ClauseResult | None) -> Cell:
    if clause is None:
        return Cell(result)
    return Cell(result, clause.verdict.value, number(clause.because), reasons.render(clause.because))


def number(because: Iterable[reasons.Reason]) -> str:
    """The numbers among the reasons, short: "20 of 28 days of care"; empty where no number decided."""
    short = [reasons.fill(NUMBERS[each.key], each.values) for each in because if each.key in NUMBERS]
    return " · ".join(dict.fromkeys(short))
