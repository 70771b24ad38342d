"""From the signature to the needle: whose turn it is, and by when. No candidate drops out of the list."""

from datetime import date
from typing import Self

import pgtrigger
from django.db import models
from django.db.models import OuterRef, Q, Subquery

from clinic.audit.clock import DatabaseNow, DayAt, today
from clinic.audit.models import append_only, together
from clinic.authorization.lifecycle import Kind
from clinic.authorization.models import Step
from clinic.candidacy.models import Decision
from clinic.people.models import Location, User
from clinic.record.models import Alert, Case, Stage

from .next_step import ANSWER_WITHIN, WORDS, Standing, step

HEAVY = ("facts", "sources", "determinations", "shown")  # of an assessment: no row of a list needs them
PAYER = {"payer": "kind", "payer_last_day": "last_day", "payer_number": "reference"}

TODAY = """(SELECT (clinic_now() AT TIME ZONE location.time_zone)::date
    FROM record_case JOIN people_location location ON location.id = record_case.location_id
    WHERE record_case.id = {case})"""
# A day that was found stays found when a later decision says candidate again.
OPENED = f"""
    UPDATE pathway_pathway
        SET ended_at = clinic_now(), ended_by_id = NEW.signed_by_id, ended_because = 'superseded'
        WHERE case_id = NEW.case_id AND ended_at IS NULL RETURNING * INTO former;
    IF NEW.outcome = 'candidate' THEN
        INSERT INTO pathway_pathway
            (decision_id, case_id, owner_id, next_on, booked_on, booked_time, ended_because, ended_words)
            VALUES (NEW.id, NEW.case_id, NEW.signed_by_id, {TODAY.format(case="NEW.case_id")},
                    former.booked_on, former.booked_time, '', '');
    END IF;
    RETURN NULL;
"""  # noqa: S608  the words are ours
WAITS = " ".join(f"WHEN '{kind}' THEN {span.days}" for kind, span in ANSWER_WITHIN.items())
ANSWERED = f"""
    UPDATE pathway_pathway
        SET set_at = clinic_now(), next_on = LEAST(booked_on, {TODAY.format(case="pathway_pathway.case_id")}
            + CASE WHEN NEW.struck_at IS NOT NULL THEN 0 ELSE CASE NEW.kind {WAITS} ELSE 0 END END)
        WHERE decision_id = NEW.decision_id AND ended_at IS NULL;
    RETURN NULL;
"""  # noqa: S608  the words are ours


def due(case: str) -> str:
    """What a trigger does where something questions a decision: its open way is due today."""
    return f"""
        UPDATE pathway_pathway SET set_at = clinic_now(), next_on = LEAST(next_on, {TODAY.format(case=case)})
            WHERE case_id = {case} AND ended_at IS NULL;
        RETURN NULL;
    """  # noqa: S608  the words are ours


class PathwayQuerySet(models.QuerySet["Pathway"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(case__in=Case.objects.visible_to(user))

    def open(self) -> Self:
        return self.filter(ended_at=None)

    def due(self) -> Self:
        """The open ones that somebody looks at by today, as the first location has it."""
        zone = Subquery(Location.objects.order_by("-active", "name").values("time_zone")[:1])
        return self.open().filter(next_on__lte=DayAt(DatabaseNow(), zone))

    def with_payer(self) -> Self:
        """With `payer`, its day and number: the latest word of the payer's that stands."""
        words = Step.objects.current().filter(decision=OuterRef("decision")).order_by("-pk")
        return self.annotate(**{name: Subquery(words.values(column)[:1]) for name, column in PAYER.items()})

    def with_people(self) -> Self:
        """With everything that a row and a page show, in two queries."""
        settled = models.Prefetch("notes", Note.objects.filter(kind=Note.Kind.HOLD_SETTLED), to_attr="settled")
        joined = self.select_related("case__patient__user", "case__location", "owner", "decision__assessment")
        lean = joined.defer(*(f"decision__assessment__{name}" for name in HEAVY))
        return lean.with_payer().prefetch_related(settled)

    def latest_way(self) -> "Pathway | None":
        """Of one case: the way that is open, else the one that ended last."""
        return self.with_people().order_by(models.F("ended_at").desc(nulls_first=True)).first()

    def with_a_day(self) -> "Pathway | None":
        """Of one case: the open way with a booked day that has not passed."""
        found = self.open().filter(booked_on__isnull=False).select_related("case__location").first()
        return found if found and found.booked_on and found.booked_on >= found.today else None


class Pathway(models.Model):
    """One candidate's way from the decision to the session: FHIR's Task of the order that the decision is.

    The database opens it with the decision and ends it when a later decision supersedes, so that no candidate can be
    forgotten. Its next step is not kept: it follows from what the payer answered (`authorization`) and what is booked.
    One that ended may be taken up again, with a reason, unless a later decision stands.
    """

    class Ended(models.TextChoices):
        DONE = "done", "The session was carried out"
        SUPERSEDED = "superseded", "A later decision stands in its place"
        DECLINED = "declined", "The patient does not want it"
        BETTER = "better", "The pain is better, it is not needed now"
        ELSEWHERE = "elsewhere", "It is done elsewhere"
        OTHER = "other", "Another reason"

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="pathway")
    case = models.ForeignKey(Case, models.PROTECT, related_name="pathways")
    owner = models.ForeignKey(User, models.PROTECT, related_name="pathways")
    next_on = models.DateField()  # when somebody looks again
    set_at = models.DateTimeField(db_default=DatabaseNow())  # when owner, day or booking were last set
    booked_on = models.DateField(null=True)
    booked_time = models.TimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_because = models.CharField(max_length=12, choices=Ended, blank=True)
    ended_words = models.TextField(blank=True)

    # As `with_people` reads them.
    payer: str | None
    payer_last_day: date | None
    payer_number: str | None
    settled: "list[Note]"
    said_since: bool  # as the list asks for it

    objects = PathwayQuerySet.as_manager()

    class Meta:
        triggers = [
            *append_only(
                "owner",
                "next_on",
                "set_at",
                "booked_on",
                "booked_time",
                "ended_at",
                "ended_by",
                "ended_because",
                "ended_words",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(ended_at=None), name="one_open_pathway_a_case"),
            models.CheckConstraint(condition=together("ended_at", "ended_by"), name="pathway_ended_pair"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_because="") | (Q(ended_at__isnull=False) & ~Q(ended_because="")),
                name="pathway_ended_because",
            ),
            models.CheckConstraint(condition=~Q(ended_because="other") | ~Q(ended_words=""), name="pathway_other_said"),
        ]
        indexes = [models.Index(fields=["next_on", "id"], condition=Q(ended_at=None), name="pathway_due")]

    def __str__(self) -> str:
        return f"pathway of decision {self.decision_id}"

    @property
    def is_open(self) -> bool:
        return self.ended_at is None

    @property
    def today(self) -> date:
        """The day that it is where the session will be."""
        return today(self.case.location.time_zone)

    @property
    def open_holds(self) -> list[str]:
        """Keys of the holds that were signed with the decision and that nobody has noted as settled since."""
        held = [hold["key"] for hold in self.decision.assessment.safety.get("holds", [])]
        settled = {note.hold for note in self.settled}
        return [key for key in held if key not in settled]

    @property
    def standing(self) -> Standing:
        """What the next step of one that was read `with_people` follows from."""
        case = self.case
        return Standing(
            payer=Kind(self.payer) if self.payer else None,
            last_day=self.payer_last_day,
            booked_on=self.booked_on,
            open_holds=len(self.open_holds),
            in_question=bool(case.urgent_since or case.changed_since) or case.stage != Stage.DECIDED,
        )

    @property
    def next_words(self) -> str:
        return WORDS[step(self.standing, self.today)]

    @property
    def still_booked(self) -> bool:
        """Whether it ended with a day ahead that nobody gave up."""
        ahead = self.booked_on is not None and self.booked_on >= self.today
        return ahead and self.ended_because == self.Ended.SUPERSEDED

    @property
    def may_be_taken_up(self) -> bool:
        """Whether it ended and no later decision stands in its decision's place; a query."""
        return not self.is_open and not Decision.objects.filter(supersedes=self.decision_id).exists()


class Note(models.Model):
    """What somebody did on the way: booked, moved, gave it to a colleague, put off, called. Never rewritten."""

    class Kind(models.TextChoices):
        BOOKED = "booked", "Day found"
        UNBOOKED = "unbooked", "Day given up"
        CALL = "call", "Call"
        OWNER = "owner", "New owner"
        LATER = "later", "Put off"
        HOLD_SETTLED = "hold_settled", "Hold settled"
        ENDED = "ended", "Ended"
        REOPENED = "reopened", "Taken up again"

    nonce = models.UUIDField(unique=True, null=True)
    pathway = models.ForeignKey(Pathway, models.PROTECT, related_name="notes")
    kind = models.CharField(max_length=15, choices=Kind)
    words = models.TextField(blank=True)
    hold = models.CharField(max_length=40, blank=True)  # key of the safety screen's hold that was settled
    booked_on = models.DateField(null=True)
    owner = models.ForeignKey(User, models.PROTECT, related_name="+")  # from then on
    next_on = models.DateField()  # from then on
    noted_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        triggers = append_only()
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind__in=["unbooked", "later", "call", "hold_settled", "reopened"]) | ~Q(words=""),
                name="note_because",
            ),
            models.CheckConstraint(
                condition=Q(kind="hold_settled") & ~Q(hold="") | ~Q(kind="hold_settled") & Q(hold=""),
                name="note_names_its_hold",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.noted_at:%Y-%m-%d}"


class SignedDecision(Decision):
    """A decision, as its own way hears of it: the database opens one with a candidate, and ends the one before."""

    class Meta:
        proxy = True
        triggers = [
            pgtrigger.Trigger(
                name="opens_pathway",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                declare=[("former", "pathway_pathway")],
                func=OPENED,
            )
        ]


class Reported(Alert):
    """What was reported of a candidate, as the way hears of it: it is due today."""

    class Meta:
        proxy = True
        triggers = [
            pgtrigger.Trigger(name="is_due", when=pgtrigger.After, operation=pgtrigger.Insert, func=due("NEW.case_id"))
        ]


class Reopened(Case):
    """A decided case that goes back into review, as the way hears of it: it is due today."""

    class Meta:
        proxy = True
        triggers = [
            pgtrigger.Trigger(
                name="is_due_again",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("stage"),  # type: ignore[no-untyped-call]
                condition=pgtrigger.Q(old__stage="decided") & ~pgtrigger.Q(new__stage="decided"),
                func=due("NEW.id"),
            )
        ]


class PayerWord(Step):
    """What a payer said, as the way hears of it: the database makes the candidate due, or sets the day to ask again."""

    class Meta:
        proxy = True
        triggers = [
            pgtrigger.Trigger(
                name="moves_pathway",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("struck_at"),  # type: ignore[no-untyped-call]
                func=ANSWERED,
            )
        ]
