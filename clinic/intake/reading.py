"""Reads the answers of an intake as the knowledge of the questionnaire wants them."""

from collections.abc import Iterable
from datetime import date
from zoneinfo import ZoneInfo

from clinic.policies.kept import Kept
from clinic.policies.reading import in_effect, own_key
from clinic.record.facts import assemble
from clinic.record.models import Case, Stage

from .ahead import Coming, coming
from .models import Answer, Intake
from .questions import ROWS
from .questions.asked import LIST_MARK, REMOVED, Answers, Given, Row
from .standing import Standing, standing


def answers_of(intake: Intake, language: str) -> Answers:
    """Every latest answer of the intake, in one query; rows that were removed are left out."""
    patient = intake.case.patient
    plain, rows = _sorted(intake.answers.latest_each(), patient.home_location.time_zone)
    return Answers(today=patient.today(), language=language, plain=plain, rows=rows)


def _sorted(found: Iterable[Answer], time_zone: str) -> tuple[dict[str, Given], dict[str, dict[str, Row]]]:
    plain: dict[str, Given] = {}
    by_row: dict[tuple[str, str], dict[str, Given]] = {}
    began: dict[tuple[str, str], int] = {}
    for answer in found:
        on = answer.given_at.astimezone(ZoneInfo(time_zone)).date()
        given = Given(answer.value, answer.language, on, answer.shown, answer.asked)
        if answer.row is None:
            plain[answer.question] = given
        else:
            place = (answer.section, str(answer.row))
            by_row.setdefault(place, {})[answer.question] = given
            began[place] = answer.row_began
    rows: dict[str, dict[str, Row]] = {slug: {} for slug in ROWS}
    for place in sorted(by_row, key=began.__getitem__):
        removed = by_row[place].pop(LIST_MARK, None)
        if not (removed and removed.value == REMOVED):
            rows[place[0]][place[1]] = by_row[place]
    return plain, rows


def answers_of_case(case: Case, language: str) -> Answers:
    """Every latest answer of all that was said on this case: the signed intake, additions and changes."""
    plain, rows = _sorted(Answer.objects.filter(intake__case=case).latest_each(), case.patient.home_location.time_zone)
    return Answers(today=case.patient.today(), language=language, plain=plain, rows=rows)


def standings(cases: Iterable[Case]) -> dict[int, Standing]:
    """Where each of these cases is, as its patient reads it, by primary key; in two queries."""
    listed = list(cases)
    of_these = Intake.objects.filter(case__in=listed)
    begun = set(of_these.filter(answers__isnull=False).distinct().values_list("case", flat=True))
    asked = set(of_these.filter(kind=Intake.Kind.ADDITION, sealed_at=None).values_list("case", flat=True))
    return {each.pk: standing(each, begun=each.pk in begun, answers_open=each.pk in asked) for each in listed}


WAITING = (Stage.REVIEW, Stage.ASKED)


def coming_for(case: Case) -> tuple[Coming, ...]:
    """What time alone brings under the plan's own rules, while the case waits for its decision.

    Only by a set that this clinic signed off, that no urgent alert stands against, and that still counts on the day.
    """
    patient = case.patient
    if case.stage not in WAITING or case.urgent_since is not None:
        return ()
    key, today = own_key(patient.payer, patient.plan_name), patient.today()
    kept = _kept(key, today)
    if kept is None or kept.signed_off is None:
        return ()
    document = assemble(Case.objects.with_record().get(pk=case.pk), today).document
    return tuple(each for each in coming(kept.criteria, document) if _kept(key, each.first) == kept)


def _kept(key: str | None, day: date) -> Kept | None:
    return next((each for each in in_effect(day) if each.criteria.key == key), None) if key else None
