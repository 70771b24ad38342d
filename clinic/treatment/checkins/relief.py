"""What a session did, from the patient's answers: how much better, for how long, and by each scale. Pure.

Half better is the mark: Medicare and eviCore both ask for 50 per cent (criteria-sets 1 and 2, `repeat`). Nothing that
was said on the day of the session counts, as the local anaesthetic speaks then. "Judge at two weeks" (University of
Illinois, https://hospital.uillinois.edu): from then on the best that was said counts, as it does for a scale, and
before that the latest.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from clinic.criteria.dates import ONE_DAY, add_months, parse
from clinic.criteria.scales import change_percent

MARK = 50  # per cent
JUDGED_AFTER = timedelta(days=14)
HOPED_MONTHS = 3  # relief that ends sooner has ended early (Medicare, LCD L39240, repeat)


@dataclass(frozen=True, slots=True)
class Said:
    """One answer: on which day, how much better in per cent, and where the relief is over its last day as written."""

    on: date
    relief: int | None
    until: str = ""
    better_or_less_medicine: bool | None = None

    @property
    def half_better(self) -> bool | None:
        """Whether it reaches the mark; None where nothing was said of it."""
        return None if self.relief is None else self.relief >= MARK


@dataclass(frozen=True, slots=True)
class Held:
    """How long the relief held, in days: at least, and at most; `most` None while its end is not known."""

    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Relief:
    """What the patient's own words come to, as the facts contract asks it; `until` "" where no end is known."""

    percent: int | None
    until: str
    better_or_less_medicine: bool | None
    held: Held | None
    ended_on: date | None  # the answer that said so
    reached: bool  # whether any answer said half better
    fell_on: date | None  # the first answer from two weeks on that said less than half after one that said half

    def ended_early(self, session: date) -> bool:
        """Whether a relief that reached the mark is surely over before the months that it is hoped to last."""
        over = parse(self.until).last if self.until else self.fell_on
        return self.reached and over is not None and over < add_months(session, HOPED_MONTHS)


@dataclass(frozen=True, slots=True)
class Result:
    """One result of a scale, and its change from the baseline on the same scale; None where it cannot be told."""

    on: date
    value: float
    change: Fraction | None


def relief(session: date, said: Iterable[Said]) -> Relief:
    """What the answers after one session come to; those of its own day do not count."""
    counted = sorted((each for each in said if each.on > session), key=lambda each: each.on)
    percent = _percent(session, counted)
    until, ended_on = _end(session, counted, percent)
    good = [each.on for each in counted if each.half_better]
    fell = _fell(session, good, counted)
    held = _held(session, good, until or (between(*fell) if fell else ""))
    return Relief(percent, until, _function(counted), held, ended_on, bool(good), fell[1] if fell else None)


def opens_window(session: date, said: Iterable[Said]) -> bool:
    """Whether the latest word is that it is at least half better: the time to begin rehabilitation."""
    spoke = (each for each in said if each.on > session and (each.relief is not None or each.until))
    in_order = sorted(spoke, key=lambda each: each.on)
    latest = in_order[-1] if in_order else None  # of those of one day the last one that was said
    return latest is not None and latest.half_better is True and not latest.until


def changes(scale: str, baseline: float | None, taken: Iterable[tuple[date, float]]) -> list[Result]:
    """The results of one scale in their order, each with its change from the baseline."""
    return [
        Result(on, value, None if baseline is None else change_percent(scale, baseline, value))
        for on, value in sorted(taken)
    ]


def _percent(session: date, counted: Sequence[Said]) -> int | None:
    judged = [each.relief for each in counted if each.relief is not None and each.on - session >= JUDGED_AFTER]
    if judged:
        return max(judged)
    return next((each.relief for each in reversed(counted) if each.relief is not None), None)


def _end(session: date, counted: Sequence[Said], percent: int | None) -> tuple[str, date | None]:
    """The last day of the relief and the answer that ended it: the patient's own day, else between two answers.

    A relief that never reached the mark has only the end that the patient names. An end that was named before it is
    judged is taken back by a later answer that reaches the mark: the steroid may take days.
    """
    reaches = percent is not None and percent >= MARK
    good: date | None = None
    named: tuple[str, date] | None = None
    for each in counted:
        judged = each.on - session >= JUDGED_AFTER
        if each.until:
            named = named or (each.until, each.on)
        elif reaches and each.half_better:
            good, named = each.on, named if named and named[1] - session >= JUDGED_AFTER else None
        elif judged and good and each.relief is not None and named is None:
            named = (between(good, each.on), each.on)
    return named or ("", None)


def _fell(session: date, good: Sequence[date], counted: Iterable[Said]) -> tuple[date, date] | None:
    """The last day that was good before it, and the first answer from two weeks on that said less than half."""
    low = (each.on for each in counted if each.half_better is False)
    on = next((on for on in low if good and on > good[0] and on - session >= JUDGED_AFTER), None)
    return (max(each for each in good if each < on), on) if on else None


def between(good: date, ended: date) -> str:
    """Some day from the last on which it was good to the one before it was said to be over."""
    last = max(good, ended - ONE_DAY)
    return good.isoformat() if good == last else f"{good.isoformat()}/{last.isoformat()}"


def _function(counted: Sequence[Said]) -> bool | None:
    """Whether function was ever better or less medicine needed; a "no" that a "yes" preceded took nothing back."""
    said = {each.better_or_less_medicine for each in counted}
    return True if True in said else False if False in said else None


def _held(session: date, good: Sequence[date], until: str) -> Held | None:
    """From the session to the end of the relief, or at least to the latest answer that still said so."""
    if until:
        end = parse(until)
        return Held(max(0, (end.first - session).days), max(0, (end.last - session).days))
    return Held((good[-1] - session).days, None) if good else None
