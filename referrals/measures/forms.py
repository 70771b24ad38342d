"""What the measures are narrowed to, and the targets as they are typed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms

from clinic.directory.models import Kind
from clinic.people.lists import number
from referrals.loop import urgency
from referrals.loop.lifecycle import WORDS, Direction, State
from referrals.loop.models import Target
from referrals.loop.targets import DEFAULTS, MOST_DAYS, STEPS, WHOLE, Key, Span
from referrals.loop.urgency import Urgency

from .counting import Asked

PERIODS = {"30": "The last 30 days", "90": "The last 90 days", "365": "The last 365 days", "days": "From … to"}
USUAL = "90"
LONGEST = timedelta(days=3 * 366)
KINDS = {"working": "working days", "calendar": "calendar days"}
WHOLE_WORDS = {
    Direction.INCOMING: "Total time until the doctor decided",
    Direction.OUTGOING: "Total time until the patient was seen",
}


def direction_of(said: str | None) -> Direction:
    """The direction that an address names; outgoing where it names none."""
    return Direction.INCOMING if said == Direction.INCOMING else Direction.OUTGOING


class PeriodForm(forms.Form):
    """The days between which referrals were opened, and the service."""

    period = forms.ChoiceField(label="Period", choices=list(PERIODS.items()), required=False)
    first = forms.DateField(label="From", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(label="To", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    service = forms.ChoiceField(label="Service", choices=[("", "All services"), *Kind.choices], required=False)

    def __init__(self, asked: Mapping[str, Any], today: date) -> None:
        super().__init__({"period": USUAL, **{name: asked[name] for name in asked}})
        self.today = today
        for name in ("first", "last"):
            self.fields[name].widget.attrs["max"] = today.isoformat()

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        first, last = said.get("first"), said.get("last")
        if said.get("period") != "days" or self.errors:
            return said
        if not first or not last:
            self.add_error("last" if first else "first", "Give both days.")
        elif not first <= last <= self.today:
            self.add_error("last", "Give a last day that is not before the first, and not after today.")
        elif last - first > LONGEST:
            self.add_error("first", "Choose at most three years.")
        return said

    def days(self) -> tuple[date, date]:
        """The first and the last day; where what was typed cannot be meant, those of the usual period."""
        said = self.cleaned_data if self.is_valid() else {}
        if said.get("period") == "days":
            return said["first"], said["last"]
        return self.today - timedelta(days=int(said.get("period") or USUAL)), self.today

    def asked(self, zone: ZoneInfo, location: int | None) -> Asked:
        """What is to be measured."""
        first, last = self.days()
        service = self.cleaned_data.get("service", "")
        practice = number(self.data.get("practice"))
        return Asked(direction_of(self.data.get("direction")), first, last, zone, service, practice, location)


@dataclass(frozen=True)
class TargetCell:
    """One target of the form: its fields, its default, and who set it when."""

    title: str
    days: forms.BoundField
    kind: forms.BoundField
    back: forms.BoundField | None
    standing: Span
    default: Span
    set_here: Target | None


class TargetsForm(forms.Form):
    """All targets of one direction. `seen` is the latest change that the page showed."""

    seen = forms.IntegerField(widget=forms.HiddenInput(), min_value=0)

    def __init__(self, direction: Direction, standing: Mapping[Key, Target], latest: int, **more: Any) -> None:
        super().__init__(**more)
        self.direction, self.standing = direction, standing
        self.initial["seen"] = latest
        for key in self.keys():
            self._add(key)

    def keys(self) -> list[Key]:
        """What there is a target for, in the order of the way."""
        return [Key(self.direction.value, str(step), each) for step in STEPS[self.direction] for each in Urgency]

    def now(self, key: Key) -> Span:
        """A target as it stands."""
        row = self.standing.get(key)
        return row.span if row else DEFAULTS[key]

    def _add(self, key: Key) -> None:
        name, title = f"{key.step}-{key.urgency}", self._title(key)
        wrong = dict.fromkeys(("required", "invalid"), f"Write a number from 0 to {MOST_DAYS}.")
        wrong |= {"min_value": wrong["invalid"], "max_value": wrong["invalid"]}
        self.fields[f"{name}-days"] = forms.IntegerField(
            label=title, min_value=0, max_value=MOST_DAYS, error_messages=wrong
        )
        self.fields[f"{name}-kind"] = forms.ChoiceField(label=f"{title}: which days", choices=list(KINDS.items()))
        if self.now(key) != DEFAULTS[key]:
            self.fields[f"{name}-back"] = forms.BooleanField(label="Back to the default", required=False)
        self.initial[f"{name}-days"] = self.now(key).days
        self.initial[f"{name}-kind"] = "working" if self.now(key).working else "calendar"

    def _title(self, key: Key) -> str:
        return f"{step_words(self.direction, key.step)}, {urgency.WORDS[Urgency(key.urgency)].lower()}"

    def rows(self) -> Iterator[tuple[str, list[TargetCell]]]:
        """Each step with its cells, one an urgency."""
        for step in STEPS[self.direction]:
            keys = [Key(self.direction.value, str(step), each) for each in Urgency]
            yield step_words(self.direction, step), [self._cell(key) for key in keys]

    def _cell(self, key: Key) -> TargetCell:
        name = f"{key.step}-{key.urgency}"
        back = self[f"{name}-back"] if f"{name}-back" in self.fields else None
        title = urgency.WORDS[Urgency(key.urgency)]
        number_of, kind = self[f"{name}-days"], self[f"{name}-kind"]
        return TargetCell(title, number_of, kind, back, self.now(key), DEFAULTS[key], self.standing.get(key))

    def changes(self) -> dict[Key, Span]:
        """The targets that were typed otherwise than they stand."""
        typed = {key: self._typed(key) for key in self.keys()}
        return {key: span for key, span in typed.items() if span != self.now(key)}

    def _typed(self, key: Key) -> Span:
        said, name = self.cleaned_data, f"{key.step}-{key.urgency}"
        if said.get(f"{name}-back"):
            return DEFAULTS[key]
        return Span(cast(int, said[f"{name}-days"]), said[f"{name}-kind"] == "working")


def step_words(direction: Direction, step: str) -> str:
    """A step as the page calls it."""
    return WHOLE_WORDS[direction] if step == WHOLE else WORDS[direction][State(step)]
