"""One case, with everything that its pages show, in a fixed number of queries; weighed anew each time it is read."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from clinic.audit.clock import today
from clinic.intake.questions.asked import Answers, Given, counted
from clinic.intake.reading import answers_of_case
from clinic.people.models import User
from clinic.policies.reading import in_effect, own_key
from clinic.record.facts import Assembled, assemble, assemble_other_injections, planned_day
from clinic.record.models import Alert, Case
from clinic.repeats import eligible, enough
from clinic.repeats.eligible import Next

from . import chart, ledger, steroids
from .asked_again import Questions
from .chart.choices import REGIONS, SIDES
from .evidence import say
from .models import Decision, InformationRequest
from .reading import Voices
from .weighing import Result, Weighed, seal, sealed, weigh


@dataclass
class CaseFile:
    """A case loaded with its record. `case` must come from `Case.objects.with_record()`."""

    case: Case

    @classmethod
    def of(cls, case: Case) -> "CaseFile":
        """The file of a case that was loaded without its record."""
        return cls(Case.objects.with_record().select_related("claimed_by").get(pk=case.pk))

    @cached_property
    def urgent_alert(self) -> Alert | None:
        return next((a for a in self._open_alerts if a.kind == Alert.Kind.URGENT), None)

    @cached_property
    def change_alert(self) -> Alert | None:
        return next((a for a in self._open_alerts if a.kind == Alert.Kind.CHANGE), None)

    @property
    def _open_alerts(self) -> list[Alert]:
        return [alert for alert in self.case.alerts.all() if alert.released_at is None]

    @cached_property
    def weighed(self) -> Weighed:
        """As of the planned day, or of today at the case's location once that has passed."""
        as_of = planned_day(self.case, today(self.case.location.time_zone))
        stopped = self.urgent_alert is not None
        return weigh(assemble(self.case, as_of), as_of, in_effect(as_of), stopped=stopped)

    @cached_property
    def recorded(self) -> Assembled:
        """The facts, and beside them the injections elsewhere, which no rule asks for."""
        elsewhere = self.case.patient.other_injections.current()
        return self.weighed.assembled | assemble_other_injections(self.case.statements.all(), elsewhere)

    @cached_property
    def given_here(self) -> frozenset[str]:
        """The entries that are our own sessions: their record is here, and the course of relief shows what they did."""
        ours = set(self.case.sessions.values_list("key", flat=True))
        rows = self.weighed.assembled.rows.items()
        return frozenset(path for path, said in rows if path.startswith("injections[") and said[0].key in ours)

    @cached_property
    def steroids(self) -> steroids.Card:
        """How much steroid was injected, as of the day that is weighed."""
        return steroids.card(self.recorded, self.weighed.as_of)

    @cached_property
    def again(self) -> tuple[Next, ...]:
        """What the rules that the patient goes by say of another injection, in each region that it may concern."""
        basis = self._basis
        return tuple(of_region[0] for of_region in self.again_by([basis])) if basis else ()

    def again_by(self, sets: Iterable[Result]) -> list[list[Next]]:
        """What each of the sets says of another injection from today on, by region; nothing while none is on record."""
        document, here = self.weighed.document, today(self.case.location.time_zone)
        criteria = [each.of for each in sets]
        regions = eligible.regions(document) if criteria and document.get("injections") else ()
        return [eligible.upcoming(criteria, document, region, here) for region in regions]

    @property
    def _basis(self) -> Result | None:
        """The set that holds another injection back: the patient's own, else the one that the decision rests on."""
        if self.own_results or self.decision is None:
            return self.to_decide_by("")
        return self.to_decide_by(self.decision.policy.partition("@")[0])

    @cached_property
    def course_runs_on(self) -> tuple[enough.Sign, ...]:
        """What a doctor should see before the next plan: the course in this region is long, or brings less."""
        parsed, region = self.weighed.parsed, eligible.own_region(self.weighed.document)
        asked = next((each.asked for each in self.again if each.region == region), ())
        sums = steroids.given_and_planned(self.recorded.document, self.weighed.as_of)
        return enough.signs(parsed, region, asked, sums) if parsed else ()

    @property
    def stopped(self) -> bool:
        """Whether an urgent sign stands, so that no determination is shown."""
        return self.urgent_alert is not None or self.weighed.urgent

    @cached_property
    def own_results(self) -> list[Result]:
        """The result of the set that the patient's plan goes by; none where the clinic named no set for it."""
        patient = self.case.patient
        key = own_key(patient.payer, patient.plan_name)
        return [each for each in self.weighed.results if each.of.key == key]

    @property
    def results(self) -> list[Result]:
        """What every set makes of the case, the patient's own payer's first."""
        own = {each.key for each in self.own_results}
        return sorted(self.weighed.results, key=lambda each: each.key not in own)

    def result(self, key: str) -> Result | None:
        """The result that is asked for, else the payer's own, else the first."""
        return self.weighed.result(key) or next(iter(self.results), None)

    def to_decide_by(self, key: str) -> Result | None:
        """The result that a decision rests on: the payer's own where there is one, else the one that the doctor named,
        else none: no other payer's set is taken for theirs."""
        return self.own_results[0] if self.own_results else self.weighed.result(key)

    @cached_property
    def names(self) -> dict[int, str]:
        """The people who wrote the record down, by id."""
        sources = [source for said in self.weighed.assembled.sources.values() for source in said]
        people = {source.recorded_by_id for source in sources if source.recorded_by_id}
        return {user.pk: str(user) for user in User.objects.filter(pk__in=people)}

    @cached_property
    def answers(self) -> Answers:
        """The latest answer to everything that the patient was asked on this case."""
        return answers_of_case(self.case, self.case.patient.language)

    @cached_property
    def questions(self) -> Questions:
        """What can be put to this patient; sex and birth date may stand in the register where no answer says them."""
        patient, counting = self.case.patient, counted(self.answers)
        born = patient.birth_date.isoformat() if patient.birth_date else ""
        known = {name: Given(value) for name, value in {"sex": patient.sex, "birth_date": born}.items() if value}
        return Questions(replace(counting, plain=known | dict(counting.plain)), self.weighed.assembled.rows)

    @property
    def voices(self) -> Voices:
        return Voices(self.case.location.time_zone, self.names)

    @cached_property
    def decisions(self) -> list[Decision]:
        """All decisions of the case, the one that stands first."""
        found = Decision.objects.filter(case=self.case).select_related("superseded_by").order_by("-id")
        return list(found.defer("assessment"))

    @property
    def decision(self) -> Decision | None:
        return self.decisions[0] if self.decisions else None

    @cached_property
    def request(self) -> InformationRequest | None:
        """What the patient was asked for and has not yet sent."""
        open_one = InformationRequest.objects.filter(case=self.case).open().with_answered().first()
        return open_one if open_one and not open_one.came_back else None

    def to_seal(self) -> dict[str, Any]:
        """What a decision that is signed now keeps: everything that was weighed, and who the patient is."""
        languages = ("en", "es") if self.case.patient.language == "es" else ("en",)
        return sealed(self.weighed, self.names, languages) | {"shown": self._shown()}

    @property
    def seal(self) -> str:
        return seal(self.to_seal())

    def _shown(self) -> dict[str, Any]:
        patient, document = self.case.patient, self.weighed.document
        plan = {field.fact: field.label for field in chart.PLAN.fields if field.fact != "as_of"}
        known = {name: value for name, value in (document.get("plan") or {}).items() if value is not None}
        return {
            "name": str(patient),
            "birth_date": patient.birth_date.isoformat() if patient.birth_date else "",
            "age": (document.get("patient") or {}).get("age"),
            "reference": self.case.reference,
            "payer": patient.payer,
            # By which of the sets the decision goes: named otherwise meanwhile, it is another basis.
            "plan_goes_by": [each.key for each in self.own_results],
            "complaint": complaint(document),
            "ledger": ledger.table(document),
            "steroids": [[each.label, each.total, each.recommended] for each in self.steroids.windows],
            "plan": [[plan[f"plan.{name}"], say(f"plan.{name}", value)] for name, value in known.items()],
        }


def complaint(document: dict[str, Any]) -> str:
    """Where the pain is: "Low back, left (L5)"."""
    said = document.get("complaint") or {}
    place = ", ".join(
        part
        for part in (
            dict(REGIONS).get(said.get("region") or "", ""),
            dict(SIDES).get(said.get("side") or "", "").lower(),
        )
        if part
    )
    return f"{place} ({said['root']})" if said.get("root") else place
