"""What other rooms ask of repeats: what stands against an injection on a day, and from when on nothing does."""

from dataclasses import dataclass
from datetime import date

from clinic.audit.clock import today
from clinic.criteria.contract import Refused
from clinic.criteria.reasons import Reason
from clinic.criteria.sets import CriteriaSet
from clinic.criteria.verdicts import Verdict
from clinic.policies.reading import in_effect, own_key
from clinic.record.facts import assemble
from clinic.record.models import Case

from . import eligible
from .eligible import Asked
from .models import EarlyReason

UNREADABLE = Asked("record", "", "Record that cannot be", "", Verdict.CANNOT_TELL, (Reason("record-cannot-be"),))


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A day of service against which clauses on repeats stand, and the first day against which none would.

    `first_day` is at the earliest today, and `until` its last such day where the rules are lost again; both None where
    no day can be told. `missing` names the facts that nobody has said, as far as it is due to them; where a day can be
    told all the same, it is the first `at_the_latest`.
    """

    day: date
    criteria: CriteriaSet
    clauses: tuple[Asked, ...]
    first_day: date | None = None
    until: date | None = None
    missing: tuple[str, ...] = ()
    at_the_latest: bool = False

    @property
    def policy(self) -> str:
        """The set that asks for it, as key@version."""
        return self.criteria.name

    @property
    def title(self) -> str:
        return self.criteria.title


def held_back(case: Case, day: date) -> HeldBack | None:
    """What stands against an injection of this case on that day; None where nothing does, where no set is named for
    the patient, and where a doctor has given a clinical reason for that day against these very clauses."""
    criteria = standing_set(case, day)
    held = _weighed(case, criteria, day) if criteria else None
    return None if held is None or _passed(case, held) else held


def standing_set(case: Case, day: date) -> CriteriaSet | None:
    """The version, as it counts on that day, of the patient's own set; where the clinic named none for them, of the set
    that the standing decision rests on."""
    key = own_key(case.patient.payer, case.patient.plan_name) or _decided_by(case)
    return next((kept.criteria for kept in in_effect(day) if kept.criteria.key == key), None) if key else None


def _decided_by(case: Case) -> str:
    policy = case.decisions.filter(superseded_by=None).values_list("policy", flat=True).first() or ""
    return policy.partition("@")[0]


def _weighed(case: Case, criteria: CriteriaSet, day: date) -> HeldBack | None:
    loaded = Case.objects.with_record().get(pk=case.pk)
    document = assemble(loaded, day).document
    region = eligible.own_region(document)
    try:
        asked = eligible.on_day(criteria, eligible.concerning(document, region), day)
        against = tuple(each for each in asked if each.stands_against)
        if not against:
            return None
        coming = eligible.upcoming([criteria], document, region, today(loaded.location.time_zone))[0]
    except Refused:
        return HeldBack(day, criteria, (UNREADABLE,))
    first, until = (coming.whole.first, coming.whole.until) if coming.whole else (None, None)
    return HeldBack(day, criteria, against, first, until, coming.missing, coming.at_the_latest)


def _passed(case: Case, held: HeldBack) -> bool:
    """Whether every clause that stands against the day is one that a doctor's reason for that day named."""
    reasons = EarlyReason.objects.filter(case=case, day=held.day, policy=held.policy)
    named = {key for clauses in reasons.values_list("clauses", flat=True) for key in clauses}
    return {each.key for each in held.clauses} <= named
