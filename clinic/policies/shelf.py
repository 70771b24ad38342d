"""The rules as they stand on a day: for each set the version that counts, what comes next, and what waits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from .kept import Kept
from .models import Effect, Version
from .spells import Spell, Word, spells


@dataclass(frozen=True)
class Counting:
    """A spell with its version (None: the set does not count on these days) and who said so."""

    spell: Spell
    version: Version | None
    effect: Effect


@dataclass
class Standing:
    """One set on a day: all its versions, newest first, and its spells in the order of time."""

    key: str
    day: date
    versions: list[Version]
    counting: list[Counting]

    @cached_property
    def now(self) -> Counting | None:
        """What counts on the day; None where no version does."""
        here = next((each for each in self.counting if each.spell.has(self.day)), None)
        return here if here and here.version else None

    @cached_property
    def next(self) -> list[Counting]:
        """What is planned for later days."""
        return [each for each in self.counting if each.spell.first_day and each.spell.first_day > self.day]

    @property
    def title(self) -> str:
        return self.newest.criteria.title

    @property
    def newest(self) -> Version:
        """The version that counts, or the newest one."""
        return self.now.version if self.now and self.now.version else self.versions[0]

    @cached_property
    def drafts(self) -> list[Version]:
        """Versions that nobody signed off and that never counted."""
        counted = {each.version for each in self.counting}
        return [each for each in self.versions if each.signed_off is None and each not in counted]

    @property
    def waiting(self) -> list[Version]:
        """Drafts that came with the software after the version that counts: somebody should look at them."""
        return [each for each in self.drafts if each.origin == Version.Origin.SHIPPED and each.pk > self.newest.pk]

    def spells_of(self, version: Version) -> list[Counting]:
        return [each for each in self.counting if each.version == version]

    def counts(self, version: Version) -> bool:
        return bool(self.now and self.now.version == version)


def standings(day: date, key: str = "") -> list[Standing]:
    """Every set of the clinic, or the one of a key, as it stands on a day. Three queries."""
    about = {"key": key} if key else {}
    versions = list(Version.objects.filter(**about).with_sign_offs().select_related("added_by").order_by("-id"))
    effects = list(Effect.objects.filter(**about).select_related("set_by").order_by("id"))
    keys = sorted({version.key for version in versions})
    return [_standing(each, day, versions, effects) for each in keys]


def _standing(key: str, day: date, versions: Iterable[Version], effects: Iterable[Effect]) -> Standing:
    own = {version.pk: version for version in versions if version.key == key}
    said = {effect.pk: effect for effect in effects if effect.key == key}
    told = spells(Word(effect.pk, effect.version_id, effect.from_day) for effect in said.values())
    counting = [Counting(each, own[each.version_id] if each.version_id else None, said[each.word.pk]) for each in told]
    return Standing(key, day, list(own.values()), counting)


def counting_and_signed_off(day: date) -> list[tuple[Kept, Counting]]:
    """What the public may read: the sets that count on a day and that a doctor of this clinic signed off."""
    now = [each.now for each in standings(day) if each.now]
    return [(each.version.kept, each) for each in now if each.version and each.version.signed_off]
