"""Which practices of the directory a referral may go to, those that fit best first."""

from django.db.models import Case, Q, Value, When

from clinic.directory.finding import with_practices
from clinic.directory.models import Entry, EntryQuerySet
from referrals.loop.models import Referral

MOST = 12


def fitting(referral: Referral, typed: str) -> EntryQuerySet:
    """Active entries of the service, those that speak the patient's language first; typed words look among all."""
    assert referral.patient  # the database keeps one in every referral out
    entries = Entry.objects.active()
    found = entries.found_by(typed) if typed else entries.filter(kind=referral.service)
    speaks, does = Q(languages__contains=[referral.patient.language]), Q(kind=referral.service)
    ranked = found.alias(
        does=Case(When(does, then=Value(0)), default=Value(1)),
        speaks=Case(When(speaks, then=Value(0)), default=Value(1)),
        is_person=Case(When(resource="Organization", then=Value(0)), default=Value(1)),
    )
    return with_practices(ranked.order_by("does", "speaks", "is_person", "name", "pk")[:MOST])
