"""Hears one check-in, and what staff say of calls and days. Nothing is written here."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clinic.intake.forms.fields import OnScale, Radios, Scale, choices_of, field_for
from clinic.intake.questions.instruments import RMDQ
from clinic.intake.questions.shape import Question
from clinic.intake.questions.speaks import PEG
from clinic.intake.questions.strength import FUNCTION

from . import questions
from .heard import WORSE, Heard
from .models import CheckIn, Try
from .plan import MOST_DAYS, MOST_MOMENTS, Moment
from .relief import MARK

OVER = _("It helped more before, and that is over now")


class Tick(forms.CheckboxInput):
    look = "check"


class Percent(Scale):
    """The eleven cells of a scale, for hundredths in tens."""

    first, last = "0 %", "100 %"


class OnPercent(OnScale):
    """0 to 100 per cent in tens, or that it is worse, or that it is not known."""

    def __init__(self, question: Question) -> None:
        super().__init__(question, Percent(), label=gettext(question.text), help_text=gettext(question.help))
        self.choices = [*((str(ten), str(ten)) for ten in range(0, 101, 10)), *choices_of(question)]


class CheckInForm(forms.Form):
    """The questions of one check-in. `nonce`: sent twice, it is kept once."""

    nonce = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, asked: list[Question], today: date, language: str, data: Any = None) -> None:
        super().__init__(data, initial={"nonce": uuid.uuid4()})
        for question in asked:
            if question is questions.UNTIL:
                self.fields["over"] = forms.BooleanField(label=OVER, required=False, widget=Tick())
            is_relief = question is questions.RELIEF
            self.fields[question.key] = OnPercent(question) if is_relief else field_for(question, today, language)
            self.fields[question.key].widget.in_row = question.in_row

    def clean(self) -> dict[str, Any]:
        """A bad sign is enough: nobody in danger is sent back to fill in the rest."""
        cleaned = super().clean() or self.cleaned_data
        if set(cleaned.get("signs") or ()) - {"none"}:
            for name in list(self.errors.keys() - {"nonce"}):
                del self.errors[name]
        return cleaned

    def heard(self) -> Heard:
        """What a valid form says."""
        said = self.cleaned_data
        relief = WORSE if said.get("relief") == "worse" else _number(said.get("relief"))
        signs = said.get("signs") or []
        over = bool(said.get("over") or said.get("until")) and (relief is None or relief < MARK)
        return Heard(
            pain=_number(said.get("pain")),
            relief=relief,
            over=over,
            until=(said.get("until") or "") if over else "",
            better_or_less_medicine={"yes": True, "no": False}.get(said.get("better_or_less_medicine") or ""),
            signs=tuple(sign for sign in signs if sign != "none"),
            no_signs=signs == ["none"],
            items=_items(said),
            daily={each.key: said[each.key] for each in FUNCTION.questions if said.get(each.key)},
            words=said.get("words", ""),
        )


class CallForm(CheckInForm):
    """The same questions, asked on a call."""

    def __init__(self, asked: list[Question], today: date, language: str, data: Any = None) -> None:
        super().__init__(asked, today, language, data)
        area = forms.Textarea(attrs={"rows": 3})
        self.fields["words"] = forms.CharField(
            label="What else was said",
            required=False,
            max_length=2000,
            widget=area,
            help_text="For the doctor to read.",
        )


def form_for(
    check_in: CheckIn, day: date, language: str, data: Any = None, kind: type[CheckInForm] = CheckInForm, own: str = ""
) -> CheckInForm:
    """The form of one check-in in the language of the page; `own`: the patient's, where staff asks in theirs."""
    baseline = check_in.session.case.scores.current().filter(injection_key=check_in.session.key, moment="before")
    taken = set(baseline.values_list("scale", flat=True)) if check_in.long else set()
    asked = list(questions.asked(check_in.recall, check_in.long, taken, own or language))
    return kind(asked, day, language, data)


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) else None


def _items(said: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    """The items of each instrument that was answered whole."""
    items: dict[str, dict[str, int]] = {}
    peg = {key: number for key in PEG if (number := _number(said.get(key))) is not None}
    if len(peg) == len(PEG):
        items["PEG"] = peg
    sheet = said.get("rmdq")
    if isinstance(sheet, list):
        items["RMDQ"] = {str(number): int(str(number) in sheet) for number in range(1, len(RMDQ) + 1)}
    return items


class TriedForm(forms.Form):
    """What came of a call that brought no answer."""

    outcome = forms.ChoiceField(label="What came of the call", choices=Try.Outcome.choices, widget=Radios)
    note = forms.CharField(label="Note", required=False, max_length=500)


class BecauseForm(forms.Form):
    """Why an answer is struck out."""

    because = forms.CharField(
        label="Why",
        help_text="It stays in the record, struck out, with this reason.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Write why this answer is struck out."},
    )


class MomentForm(forms.Form):
    """One check-in of the clinic's plan; without a number it is none."""

    number = forms.IntegerField(label="After", required=False, min_value=0, max_value=MOST_DAYS)
    unit = forms.ChoiceField(label="Unit", choices=[("days", "days"), ("months", "months")])
    long = forms.BooleanField(label="with the scales of the baseline", required=False)

    def moment(self) -> Moment | None:
        said = self.cleaned_data
        if said.get("number") is None:
            return None
        return Moment(**{said["unit"]: said["number"]}, long=said["long"])


class SeenForm(forms.Form):
    """Which plan the page showed."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


MomentSet: type[forms.BaseFormSet[MomentForm]] = forms.formset_factory(
    MomentForm, extra=0, max_num=MOST_MOMENTS, absolute_max=MOST_MOMENTS
)
