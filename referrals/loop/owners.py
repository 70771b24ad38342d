"""Who owns a new referral: the coordinator who has the fewest, so that none waits for somebody to pick it up."""

from django.db.models import Case, Count, IntegerField, Q, QuerySet, When

from clinic.audit.actions import Refused
from clinic.people.models import Role, User

# Coordinators own referrals; where a clinic has none, a doctor does.
ORDER = (Role.COORDINATOR, Role.DOCTOR)


RANK = Case(*(When(role=role, then=place) for place, role in enumerate(ORDER)), output_field=IntegerField())


def may_own() -> QuerySet[User]:
    """Who may own a referral: clinical staff who work here, coordinators first."""
    return User.objects.filter(role__in=ORDER, is_active=True).order_by(RANK, "name", "pk")


def on_duty() -> User:
    """The coordinator with the fewest open referrals; raises Refused where nobody could own one."""
    owned = Count("owned_referrals", filter=Q(owned_referrals__worklist__isnull=False))
    found = may_own().alias(owned=owned).order_by(RANK, "owned", "pk").first()
    if found is None:
        raise Refused("Nobody at the clinic can take this referral just now. Please call the clinic.")
    return found
