"""Windows of relief with what lists and pages show of them: the latest word of the patient, and the referral."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from clinic.directory.models import Kind
from clinic.record.models import Case
from clinic.treatment.checkins.models import Answer
from clinic.treatment.checkins.reading import said_of
from clinic.treatment.checkins.relief import Relief, Said, relief
from referrals.loop.lifecycle import State
from referrals.loop.models import Referral

from . import for_patient
from .models import USUAL_DAYS, FirstVisitWithin, NoReferral, Window


@dataclass(frozen=True)
class Row:
    """One window: what the patient said last of the relief, and the referral to physical therapy that stands."""

    window: Window
    said: Said | None
    referral: Referral | None


@dataclass(frozen=True)
class Panel:
    """One window as the page of its case shows it: the referral, what the answers come to, why nobody is referred."""

    window: Window
    referral: Referral | None
    came: Relief
    no_referral: NoReferral | None

    @property
    def ended_early(self) -> bool:
        return self.came.ended_early(self.window.on)


@dataclass(frozen=True)
class Plan:
    """What a patient reads of their own rehabilitation after a session."""

    window: Window
    referral: Referral | None  # that was sent

    @property
    def goals(self) -> list[object]:
        """What the doctor wants it for, in plain words."""
        return [for_patient.GOALS[goal] for goal in self.window.rehab_goals if goal in for_patient.GOALS]

    @property
    def first_visit(self) -> date | None:
        """The day that is booked, while nobody was seen there yet."""
        visit = self.referral.booked_visit if self.referral and not self.begun else None
        return visit.booked_on if visit else None

    @property
    def begun(self) -> bool:
        return bool(self.referral and self.referral.met_at)

    @property
    def may_choose_a_day(self) -> bool:
        """Whether a day within the doctor's window is still to be found."""
        last = self.window.rehab_until
        return not self.begun and self.first_visit is None and (last is None or last >= self.window.here)


def days_to_first_visit() -> int:
    """Within how many days of relief a first visit should be, as the clinic set it last."""
    return FirstVisitWithin.objects.order_by("-pk").values_list("days", flat=True).first() or USUAL_DAYS


def rows_of(windows: Iterable[Window]) -> list[Row]:
    """The rows of a page, in a fixed number of queries."""
    listed = list(windows)
    said, referrals = _said(listed), _therapy(listed)
    return [Row(each, said.get(each.pk), referrals.get(each.pk)) for each in listed]


def panel_of(case: Case) -> Panel | None:
    """The window of a case's last session; None while there was no session."""
    window = Window.windows.last_ones().with_window().filter(case=case).first()
    if window is None:
        return None
    referral = _therapy([window]).get(window.pk) if window.asked else None
    came = relief(window.on, said_of(window))
    return Panel(window, referral, came, _no_referral(window) if window.let_be else None)


def _no_referral(window: Window) -> NoReferral | None:
    return NoReferral.objects.current().filter(session_id=window.pk).select_related("noted_by").first()


def plan_of(case: Case) -> Plan | None:
    """The plan after a case's last session, as far as one was made; none while an urgent sign stands."""
    if case.urgent_since:
        return None
    window = (
        Window.windows.last_ones().with_window().filter(case=case).exclude(rehabilitation="none", exercises="").first()
    )
    if window is None:
        return None
    return Plan(window, _therapy([window], drafts=False).get(window.pk) if window.asked else None)


def _said(windows: Iterable[Window]) -> dict[int, Said]:
    """The latest word on the relief, by session."""
    rows = Answer.objects.compared().filter(check_in__session__in=[each.pk for each in windows], relief__isnull=False)
    latest = rows.order_by("check_in__session", "-on", "-id").distinct("check_in__session").select_related("check_in")
    return {each.check_in.session_id: Said(each.on, each.relief, each.relief_until) for each in latest}


def _therapy(windows: Iterable[Window], *, drafts: bool = True) -> dict[int, Referral]:
    """The latest referral to physical therapy that is open, or where the patient was seen since, by session."""
    sessions = {each.case_id: each for each in windows}
    rows = Referral.objects.outgoing().filter(service=Kind.PHYSICAL_THERAPY, case__in=sessions)
    known = rows.filter(Q(ended_at=None) | Q(met_at__isnull=False)).order_by("pk")
    shown = known if drafts else known.exclude(state=State.DRAFT)
    found = shown.select_related("practice", "owner").prefetch_related("steps")
    pairs = [(sessions[each.case_id], each) for each in found if each.case_id]
    return {session.pk: each for session, each in pairs if each.ended_at is None or session.precedes(each.met_at)}
