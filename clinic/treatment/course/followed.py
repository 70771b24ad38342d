"""What followed each session, before it is drawn: the scores before and after, and the patient's own words. Pure.

A result is compared with the baseline on the same scale alone. A check-in that asks of now or of yesterday asks
something else than the baseline did, so what it says of pain is shown and not compared.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from clinic.criteria.dates import Span
from clinic.treatment.checkins.plan import Recall
from clinic.treatment.checkins.relief import JUDGED_AFTER, Relief, Result, Said, changes, relief

PAIN = "NRS"  # the scale of a check-in's question about pain
FIRST = (PAIN, "PEG", "RMDQ")  # the order of the scales; others follow by name


@dataclass(frozen=True, slots=True)
class Taken:
    """A result of one scale on one day."""

    scale: str
    on: date
    value: float


@dataclass(frozen=True, slots=True)
class Answered:
    """One check-in that was answered: `said` is the patient's own percentage, `scores` the scales that it asked."""

    moment: str  # "d0", "d14", "m3"
    recall: str
    said: Said
    pain: int | None = None
    scores: Mapping[str, float] = field(default_factory=dict)
    how: str = "link"

    @property
    def on(self) -> date:
        return self.said.on

    @property
    def compared(self) -> bool:
        """Whether its pain is the baseline's own question: an average over the last seven days."""
        return self.recall == Recall.WEEK

    @property
    def counts(self) -> bool:
        """Whether its percentage says what the injection did: on the evening the local anaesthetic speaks."""
        return self.recall != Recall.NOW

    def taken(self) -> list[Taken]:
        """What may be held against the baseline."""
        pain = [Taken(PAIN, self.on, self.pain)] if self.compared and self.pain is not None else []
        return [*pain, *(Taken(scale, self.on, value) for scale, value in self.scores.items())]


@dataclass(frozen=True, slots=True)
class Followed:
    """One session, and all that was said of it: `baseline` and `results` by scale, `relief` what the words come to."""

    number: int
    on: date
    region: str
    side: str
    levels: tuple[str, ...]
    baseline: Mapping[str, Taken]
    results: Mapping[str, Sequence[Result]]
    answers: tuple[Answered, ...]
    relief: Relief

    def best(self, scale: str) -> Fraction | None:
        """The most improvement from two weeks on, in per cent; before that the latest. None where it is not known."""
        told = [each for each in self.results.get(scale, ()) if each.change is not None]
        judged = [each.change for each in told if each.change is not None and each.on - self.on >= JUDGED_AFTER]
        return max(judged) if judged else next((each.change for each in reversed(told)), None)


@dataclass(frozen=True, slots=True)
class Tried:
    """A therapy: `first` and `last` are None where nobody has said."""

    label: str
    first: Span | None
    last: Span | None
    going: bool


@dataclass(frozen=True, slots=True)
class Course:
    """All of one complaint's treatment up to `today`: sessions in their order, and the scores of no session."""

    today: date
    sessions: tuple[Followed, ...] = ()
    scores: tuple[Taken, ...] = ()
    therapies: tuple[Tried, ...] = ()
    elsewhere: tuple[Span, ...] = ()  # injections that others gave

    @property
    def scales(self) -> list[str]:
        found = {each.scale for each in self.taken()}
        return sorted(found, key=lambda scale: (FIRST.index(scale) if scale in FIRST else len(FIRST), scale))

    @property
    def not_compared(self) -> list[Answered]:
        """Answers whose pain is shown beside the scale, and not held against the baseline."""
        answers = [answer for session in self.sessions for answer in session.answers]
        return [answer for answer in answers if answer.pain is not None and not answer.compared]

    def taken(self) -> set[Taken]:
        """Every result that may be compared, each once: a baseline is filed with its session and stands by itself."""
        before = {each for session in self.sessions for each in session.baseline.values()}
        after = {
            Taken(scale, each.on, each.value)
            for session in self.sessions
            for scale, results in session.results.items()
            for each in results
        }
        return {*self.scores, *before, *after}


def follow(
    number: int,
    on: date,
    where: tuple[str, str, tuple[str, ...]],
    before: Iterable[Taken],
    after: Iterable[Taken],
    answers: Iterable[Answered],
) -> Followed:
    """What followed one session; `where` is its region, side and levels.

    A result that stands in the record too is the same result: of one scale and day the record's counts.
    """
    listed = tuple(sorted(answers, key=lambda each: each.on))
    baseline = {each.scale: each for each in sorted(before, key=lambda each: each.on)}
    told = {(each.scale, each.on): each.value for answer in listed for each in answer.taken()}
    told |= {(each.scale, each.on): each.value for each in after}
    by_scale: dict[str, list[tuple[date, float]]] = defaultdict(list)
    for (scale, day), value in told.items():
        by_scale[scale].append((day, value))
    results = {
        scale: changes(scale, baseline[scale].value if scale in baseline else None, taken)
        for scale, taken in by_scale.items()
    }
    region, side, levels = where
    said = relief(on, [each.said for each in listed if each.counts])
    return Followed(number, on, region, side, levels, baseline, results, listed, said)
