"""The course of one complaint, read from the record: its sessions, what was said after each, scores and therapies."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from uuid import UUID

from clinic.audit.clock import today
from clinic.candidacy.evidence import span
from clinic.criteria.dates import Span
from clinic.criteria.vocabulary import VALUES
from clinic.record.facts import Assembled, Rows
from clinic.record.models import Case, Score
from clinic.treatment.checkins.models import Answer
from clinic.treatment.checkins.relief import Said
from clinic.treatment.procedure.models import Session

from .followed import PAIN, Answered, Course, Followed, Taken, Tried, follow

OF_A_WEEK = ("", "average")  # the periods in which pain is compared; "now" and "worst" ask something else


def sessions_of(case: Case) -> list[Session]:
    """The sessions of a case that stand, in their order."""
    return list(Session.objects.filter(case=case).of_case())


def course_of(case: Case, sessions: Sequence[Session], language: str) -> Course:
    """Everything of one case, in four queries however much it is; therapies are named in the reader's language."""
    day = today(case.location.time_zone)
    scores = list(case.scores.current())
    facts = Rows(
        record_final=False,
        age_on=lambda _day: None,
        therapies=list(case.therapies.current()),
        injections=list(case.patient.injections.current()),
        scores=[score for score in scores if not score.injection_key],
    ).assemble(day)
    known = {session.key for session in sessions}
    of_others = [score for score in scores if score.injection_key and score.injection_key not in known]
    return Course(
        day,
        _followed(sessions, scores),
        (*_own_scores(facts), *_taken(of_others)),
        tuple(_therapies(facts, language)),
        tuple(_injections(facts, case, known)),
    )


def _followed(sessions: Iterable[Session], scores: Iterable[Score]) -> tuple[Followed, ...]:
    filed: dict[tuple[UUID | None, str], list[Score]] = defaultdict(list)
    for score in scores:
        filed[score.injection_key, score.moment].append(score)
    answers: dict[int, list[Answered]] = defaultdict(list)
    asked = Answer.objects.current().filter(check_in__session__in=sessions).select_related("check_in")
    for answer in asked.order_by("on", "pk"):
        answers[answer.check_in.session_id].append(_answered(answer))
    return tuple(
        follow(
            number,
            session.on,
            (session.region, session.side, tuple(session.levels)),
            _taken(filed[session.key, "before"]),
            _taken(filed[session.key, "after"]),
            answers[session.pk],
        )
        for number, session in enumerate(sessions, 1)
    )


def _taken(scores: Iterable[Score]) -> list[Taken]:
    return [
        Taken(score.scale, score.on, float(score.value)) for score in scores if _compared(score.scale, score.period)
    ]


def _compared(scale: str, period: str) -> bool:
    return scale != PAIN or period in OF_A_WEEK


def _answered(answer: Answer) -> Answered:
    said = Said(answer.on, answer.relief, answer.relief_until, answer.better_or_less_medicine)
    scores = {scale: float(result["value"]) for scale, result in answer.scores.items()}
    return Answered(answer.check_in.moment, answer.check_in.recall, said, answer.pain, scores, answer.how)


def _own_scores(facts: Assembled) -> list[Taken]:
    """The scores of no injection; of two speakers the one whom the rules hear."""
    rows = facts.document.get("scores") or []
    return [
        Taken(row["scale"], date.fromisoformat(row["on"]), float(row["value"]))
        for row in rows
        if _compared(row["scale"], row.get("period", ""))
    ]


def _therapies(facts: Assembled, language: str) -> Iterator[Tried]:
    for row in facts.document.get("therapies") or []:
        name = row.get("name") or VALUES[row.get("kind") or "other"][language == "es"]
        first, last, going = span(row.get("from")), span(row.get("to")), bool(row.get("ongoing"))
        yield Tried(name[:1].upper() + name[1:], first, last, going)


def _injections(facts: Assembled, case: Case, known: set[UUID]) -> Iterator[Span]:
    """Injections of the same region that are no session here, where a day of them is known."""
    for index, row in enumerate(facts.document.get("injections") or []):
        mine = facts.rows[f"injections[{index}]"][0].key in known
        days = span(row.get("on"))
        if days and not mine and row.get("region") in (None, case.region):
            yield days
