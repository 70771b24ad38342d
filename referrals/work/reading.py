"""Referrals with what a row and a page show of them, in a fixed number of queries."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from clinic.outside.codes import read
from clinic.people.models import User
from referrals.loop.models import Referral, ReferralQuerySet

MOST_OTHERS = 10


def with_people(rows: ReferralQuerySet) -> QuerySet[Referral]:
    """With whom it is about, who has it, and how the other side is reached."""
    joined = rows.select_related("patient", "case", "practice", "owner", "location", "request")
    return joined.prefetch_related("practice__roles__organization")


def by_code(user: User, code: str) -> Referral:
    """The referral of this code, grouped or not, where this person may see it; otherwise not found."""
    rows = with_people(Referral.objects.visible_to(user)).select_related("order")
    found: Referral = get_object_or_404(rows, code=read(code) or None)
    return found


def others_of(referral: Referral, user: User) -> list[Referral]:
    """The patient's other referrals, the latest first."""
    if referral.patient_id is None:
        return []
    theirs = Referral.objects.visible_to(user).filter(patient=referral.patient_id).exclude(pk=referral.pk)
    return list(theirs.order_by("-pk")[:MOST_OTHERS])
