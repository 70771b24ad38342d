"""What staff types: the next step with a payer, why one is taken back, and what the list is narrowed to."""

import uuid
from datetime import date
from typing import Any, cast

from django import forms

from clinic.criteria.reasons import CLAUSE_TITLES
from clinic.intake.forms.fields import Boxes, WrittenDay
from clinic.record.uploads import ACCEPT

from . import grounds
from .lifecycle import APPROVES, LABELS, Kind, may_follow
from .models import Said, Step
from .report import PERIODS


class Choices(forms.RadioSelect):
    look = "choices"


class Letter(forms.ClearableFileInput):
    look = "file"


class LastDay(forms.DateField):
    """A day that may lie ahead: on which an approval holds for the last time."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


class StepForm(forms.Form):
    """The next step of one decision's way with its payer; it asks only for what that step has."""

    nonce = forms.UUIDField(widget=forms.HiddenInput())
    kind = forms.ChoiceField(label="What happened", widget=Choices())
    clauses = forms.MultipleChoiceField(label="Refused by which clause", required=False, widget=Boxes())
    reason = forms.CharField(max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4}))
    last_day = LastDay(
        label="Last day of the approval",
        required=False,
        help_text="As the payer's letter says. A session after it needs a new approval.",
    )
    on = WrittenDay(label="Day")
    payer = forms.CharField(label="Payer, as it stood", max_length=100)
    plan_name = forms.CharField(label="Plan, as it stood", max_length=100, required=False)
    reference = forms.CharField(label="The payer's number of the request or approval", max_length=60, required=False)
    peer_to_peer = forms.CharField(
        label="Peer-to-peer talk: with whom, and what was said",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    letter = forms.FileField(
        label="The letter", help_text="A PDF or a photo.", required=False, widget=Letter(attrs={"accept": ACCEPT})
    )

    def __init__(self, *, last: Step | None, choices: list[tuple[str, str]], today: date, **more: Any) -> None:
        super().__init__(**more)
        self.kinds = may_follow(last.kind if last else None)
        cast(WrittenDay, self.fields["on"]).today = today
        self.initial.setdefault("nonce", uuid.uuid4())
        cast(forms.ChoiceField, self.fields["kind"]).choices = [(kind.value, LABELS[kind]) for kind in self.kinds]
        cast(forms.ChoiceField, self.fields["clauses"]).choices = choices
        self.fields["reason"].label = self._reason_label()
        if len(self.kinds) == 1:
            self.initial["kind"] = self.kinds[0].value
        for name in self._without(last):
            del self.fields[name]

    def _reason_label(self) -> str:
        if Kind.APPEALED in self.kinds:
            return "What the appeal says"
        if Kind.REFUSED in self.kinds or Kind.UPHELD in self.kinds:
            return "The reason, as the payer gave it"
        return "Why it is asked"

    def _without(self, last: Step | None) -> list[str]:
        """What this step does not have."""
        named = ["payer", "plan_name"] if last else []
        refuses = [] if Kind.REFUSED in self.kinds else ["clauses"]
        approves = [] if {*self.kinds} & {*APPROVES} else ["last_day"]
        return [*named, *refuses, *approves]

    @property
    def dependent(self) -> dict[str, list[forms.BoundField]]:
        """What is asked beneath one of the answers to "What happened"."""
        beneath = {kind.value: [self["last_day"]] for kind in self.kinds if kind in APPROVES}
        return beneath | ({Kind.REFUSED.value: [self["clauses"], self["reason"]]} if Kind.REFUSED in self.kinds else {})

    @property
    def apart(self) -> list[forms.BoundField]:
        """The fields beside it, in their order; what stands beneath an answer is left out."""
        beneath = {field.name for fields in self.dependent.values() for field in fields}
        return [field for field in self.visible_fields() if field.name not in {"kind", *beneath}]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("kind") == Kind.REFUSED:
            if not said.get("clauses") and "clauses" not in self.errors:
                self.add_error("clauses", "Say by which clause it was refused, or choose another reason.")
            if not said.get("reason"):
                self.add_error("reason", "Write the reason as the payer gave it.")
        elif Kind.REFUSED in self.kinds:
            said |= {"clauses": [], "reason": ""}
        if said.get("kind") not in APPROVES:
            said["last_day"] = None
        return said

    def said(self) -> Said:
        """The step as it was written."""
        return Said(**{name: value for name, value in self.cleaned_data.items() if name != "letter"})


class StrikeForm(forms.Form):
    """Why a step is taken back."""

    because = forms.CharField(
        label="Why it is taken back",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write why it is taken back."},
    )


class AnswerFilter(forms.Form):
    """What the list is narrowed to; anything that it cannot mean is left out."""

    payer = forms.CharField(required=False, max_length=100, widget=forms.Select())
    clause = forms.ChoiceField(
        required=False,
        choices=[
            ("", "All"),
            *sorted(((key, grounds.title(key)) for key in CLAUSE_TITLES), key=lambda choice: choice[1]),
            (grounds.OTHER, grounds.OTHER_TITLE),
        ],
    )
    period = forms.ChoiceField(required=False, choices=list(PERIODS.items()))

    def __init__(self, asked: Any, payers: list[str]) -> None:
        super().__init__(asked)
        cast(forms.Select, self.fields["payer"].widget).choices = [("", "All"), *((each, each) for each in payers)]

    def said(self) -> dict[str, str]:
        """The filters that can be read, by name."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value and "\x00" not in value}
