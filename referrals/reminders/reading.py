"""Which referrals a reminder is due for, found by asking the indexes; and what stands against sending one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import CharField, Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, NullIf

from clinic.audit.clock import today
from clinic.people.actions.signing_in import hashed
from clinic.people.models import Location
from referrals.loop.models import Referral, ReferralQuerySet, Step

from .models import NOT_DELIVERED, Reminder, ReminderQuerySet, Stop, StopQuerySet
from .plan import MOST_OF_A_KIND, PLAN, Rule, Whom, rule_for

SAID = Value("", output_field=CharField())
PATIENTS_ADDRESS = Coalesce(NullIf("patient__user__email", SAID), NullIf("patient__email", SAID))
REFERRERS_ADDRESS = NullIf("request__sender_email", SAID)
LATEST_STEP = Subquery(Step.objects.filter(referral=OuterRef("pk")).order_by("-id").values("pk")[:1])


def due(limit: int) -> list[int]:
    """The ids of referrals that a reminder is due for today, each once; what stands against one is left out."""
    found: list[int] = []
    for zone in Location.objects.order_by().values_list("time_zone", flat=True).distinct():
        day = today(zone)
        for rule in PLAN:
            rows = _fitting(rule, zone, day)
            if rows is not None:
                found += _unhindered(rows, rule, day).order_by("pk").values_list("pk", flat=True)[: limit - len(found)]
    return list(dict.fromkeys(found))


def _fitting(rule: Rule, zone: str, day: date) -> ReferralQuerySet | None:
    """Open referrals at locations of this time zone that a rule calls for on a day."""
    span = rule.beginnings(day)
    if span is None:
        return None
    rows = Referral.objects.open().filter(
        direction=rule.direction, state__in=sorted(rule.states), location__time_zone=zone
    )
    if rule.after is None:
        booked = Step.objects.filter(booked_on__range=span)
        return rows.alias(latest=LATEST_STEP).filter(steps__in=booked, steps=F("latest"))
    first, last = (datetime.combine(each, datetime.min.time(), ZoneInfo(zone)) for each in span)
    return rows.filter(state_since__gte=first, state_since__lt=last + timedelta(days=1))


def _unhindered(rows: ReferralQuerySet, rule: Rule, day: date) -> ReferralQuerySet:
    """Those whose reader has an address that works, wants reminders, and had neither this one nor another today."""
    about_it = Reminder.objects.filter(referral=OuterRef("pk"), kind=rule.kind)
    here = about_it.filter(step=OuterRef("latest"), place__gte=rule.place)
    to_patient = rule.whom == Whom.PATIENT
    mine = {"patient": OuterRef("patient")} if to_patient else {"referral": OuterRef("pk"), "whom": rule.whom}
    to_them = Reminder.objects.filter(**mine)
    lost = to_them.filter(message__to=OuterRef("address"), message__state__in=NOT_DELIVERED)
    stops = Stop.objects.standing()
    of_patient = Q(patient=OuterRef("patient")) | Q(patient__merged_into=OuterRef("patient"))
    stopped = stops.filter(of_patient) if to_patient else stops.filter(referral=OuterRef("pk"))
    address = PATIENTS_ADDRESS if to_patient else REFERRERS_ADDRESS
    return rows.alias(latest=LATEST_STEP, address=address).filter(
        ~Exists(here),
        ~Exists(about_it.filter(number__gte=MOST_OF_A_KIND)),
        ~Exists(to_them.filter(day__gte=day)),
        ~Exists(stopped),
        ~Exists(lost),
        address__isnull=False,
    )


@dataclass(frozen=True)
class Standing:
    """A referral, locked, with the step that brought it to where it is and the day at its location."""

    referral: Referral
    step: Step
    day: date

    @property
    def began(self) -> date | None:
        """The day that the plan counts from: of the visit where one is booked, otherwise of the step."""
        zone = ZoneInfo(self.referral.location.time_zone)
        return self.step.booked_on or self.referral.state_since.astimezone(zone).date()

    @property
    def places(self) -> set[int]:
        return set(self.step.reminders.values_list("place", flat=True))

    def due_rule(self) -> Rule | None:
        """What the plan calls for today, and nobody was sent after this step."""
        begins, places = self.began, self.places
        for rule in PLAN:
            if begins and rule.direction == self.referral.direction and self.referral.state in rule.states:
                first, last = rule.days(begins)
                if first <= self.day <= last and not any(place >= rule.place for place in places):
                    return rule
        return None

    def any_rule(self) -> Rule | None:
        """What somebody may be reminded of now by hand."""
        rule = rule_for(self.referral.direction, self.referral.state, self.places)
        behind = rule is not None and rule.after is None and (self.step.booked_on or self.day) < self.day
        return None if behind else rule

    def address(self, whom: Whom) -> str:
        """Where its reader gets mail; empty where nobody knows."""
        if whom == Whom.REFERRER:
            return getattr(getattr(self.referral, "request", None), "sender_email", "")
        patient = self.referral.patient
        return ((patient.user.email if patient.user else "") or patient.email) if patient else ""

    def hindrance(self, rule: Rule) -> str:
        """Why this reminder is not to be sent now, in a sentence; empty when nothing stands against it."""
        return next(self._hindrances(rule), "")

    def _hindrances(self, rule: Rule) -> Iterator[str]:
        address = self.address(rule.whom)
        if not address:
            yield "No e-mail address is known."
        if self._stops(rule.whom).exists():
            yield "Reminders are stopped."
        to_them = self._to_them(rule.whom)
        if to_them.filter(message__to=address, message__state__in=NOT_DELIVERED).exists():
            yield "The last mail to this address did not arrive."
        if to_them.filter(day__gte=self.day).exists():
            yield "A reminder went out today already."
        if self.count(rule) >= MOST_OF_A_KIND:
            yield f"It was said {MOST_OF_A_KIND} times already: call."

    def count(self, rule: Rule) -> int:
        """How many of this kind were written about this referral."""
        return Reminder.objects.filter(referral=self.referral, kind=rule.kind).count()

    def _to_them(self, whom: Whom) -> ReminderQuerySet:
        if whom == Whom.PATIENT:
            return Reminder.objects.filter(patient=self.referral.patient_id)
        return Reminder.objects.filter(referral=self.referral, whom=whom)

    def _stops(self, whom: Whom) -> StopQuerySet:
        reader = self.referral.patient if whom == Whom.PATIENT else self.referral
        return Stop.objects.standing().of(reader) if reader else Stop.objects.none()


def find(secret: str) -> Reminder | None:
    """The reminder whose mail carried this secret in its address to stop."""
    return (
        Reminder.objects.select_related("referral", "patient__merged_into").filter(secret_hash=hashed(secret)).first()
    )
