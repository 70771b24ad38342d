"""Verbs of the lists: keeping filters under a name, and handing many referrals over at once."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from clinic.audit.actions import Refused, record
from clinic.audit.actor import Actor
from clinic.people.models import User
from referrals.loop.actions.working import assign
from referrals.loop.models import Referral

from .filters import of_query
from .models import SavedFilter

MOST_SAVED = 30


@transaction.atomic
def save_filter(*, name: str, query: str, shared: bool, by: Actor) -> SavedFilter:
    """Keep the filters of an address under a name; the same name again holds what is newer.

    Raises:
        Refused: this person keeps too many already.
    """
    own = SavedFilter.objects.filter(made_by_id=by.person_id)
    if own.exclude(name=name).count() >= MOST_SAVED:
        raise Refused(f"You keep {MOST_SAVED} filters already. Delete one that you do not use.")
    kept = of_query(query).query(q="")
    saved, _ = own.update_or_create(made_by_id=by.person_id, name=name, defaults={"query": kept, "shared": shared})
    record(by=by, verb="referral_filter.saved", of=saved)
    return saved


@transaction.atomic
def change_filter(*, saved: SavedFilter, name: str, shared: bool, by: Actor) -> None:
    """Give it another name, or share it with the clinic or no more."""
    if SavedFilter.objects.filter(made_by=saved.made_by, name=name).exclude(pk=saved.pk).exists():
        raise Refused("You keep another filter under this name.")
    saved.name, saved.shared = name, shared
    saved.save(update_fields=["name", "shared"])
    record(by=by, verb="referral_filter.saved", of=saved)


@transaction.atomic
def delete_filter(*, saved: SavedFilter, by: Actor) -> None:
    """Forget it. The referrals that it showed are not touched."""
    record(by=by, verb="referral_filter.deleted", of=saved)
    saved.delete()


@dataclass(frozen=True)
class HandedOver:
    """What came of handing many over: how many moved, and which did not, with the reason for each."""

    moved: int
    left: list[tuple[Referral, str]]


@transaction.atomic
def assign_all(*, referrals: Iterable[Referral], owner: User, note: str, by: Actor) -> HandedOver:
    """Hand many over to one colleague; what could not be done is said of each.

    Raises:
        Refused: this colleague cannot own a referral; then nothing moved.
    """
    asked = list(referrals)
    moved = assign(referrals=asked, owner=owner, by=by, note=note)
    left = [(each, _why_left(each, owner)) for each in asked]
    return HandedOver(moved, [(each, why) for each, why in left if why])


def _why_left(referral: Referral, owner: User) -> str:
    if not referral.is_open:
        return f"is “{referral.state_words}” by now"
    return f"was with {owner} already" if referral.owner_id == owner.pk else ""
