"""What a receiving practice types on its private page, each thing by itself and as short as can be."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from clinic.intake.forms.fields import CHOOSE, Radios
from clinic.paper.pages import pages
from referrals.loop.lifecycle import State
from referrals.outgoing.spoken import CANNOT, NEEDS, WHY_NOT

FARTHEST = timedelta(days=365)


class SayForm(forms.Form):
    """Nothing more than the button. `seen` is the state that the page showed."""

    seen = forms.CharField(max_length=20, widget=forms.HiddenInput)

    def __init__(self, today: date, to: str, **more: Any) -> None:
        super().__init__(auto_id=f"{to}-%s", **more)
        self.today = today

    def said(self) -> dict[str, Any]:
        """What the action takes, by name."""
        return dict(self.cleaned_data)


class BecauseForm(SayForm):
    """One reason of a list, and a line; the record keeps the reason in the clinic's language."""

    reasons: dict[str, Any] = {}
    what = forms.ChoiceField(label=_("Why"), widget=Radios, error_messages={"required": CHOOSE})
    line = forms.CharField(label=_("In a few words"), max_length=300, required=False)

    def __init__(self, today: date, to: str, **more: Any) -> None:
        super().__init__(today, to, **more)
        self.fields["what"].choices = list(self.reasons.items())  # type: ignore[attr-defined]  # one list a form

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("what") == "other" and not said.get("line", "").strip():
            self.add_error("line", gettext("Please say it in a few words."))
        return said

    def said(self) -> dict[str, Any]:
        with override("en"):
            chosen = str(self.reasons[self.cleaned_data["what"]])
        line = self.cleaned_data["line"].strip()
        return {"seen": self.cleaned_data["seen"], "reason": f"{chosen}: {line}" if line else chosen}


class NeedForm(BecauseForm):
    reasons = NEEDS

    def __init__(self, today: date, to: str, **more: Any) -> None:
        super().__init__(today, to, **more)
        self.fields["what"].label = gettext("What do you need?")


class RefuseForm(BecauseForm):
    reasons = CANNOT


class BookForm(SayForm):
    """The day of the next visit."""

    booked_on = forms.DateField(
        label=_("Day of the visit"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose the day of the visit.")},
    )

    def __init__(self, today: date, to: str, **more: Any) -> None:
        super().__init__(today, to, **more)
        self.fields["booked_on"].widget.attrs |= {
            "min": today.isoformat(),
            "max": (today + FARTHEST).isoformat(),
        }

    def clean_booked_on(self) -> date:
        day: date = self.cleaned_data["booked_on"]
        if not self.today <= day <= self.today + FARTHEST:
            raise ValidationError(gettext("Choose a day from today on, within a year."))
        return day


class MissedForm(SayForm):
    """Why a visit did not happen."""

    why = forms.ChoiceField(
        label=_("Why"), widget=Radios, choices=list(WHY_NOT.items()), error_messages={"required": CHOOSE}
    )


class OneFile(forms.FileInput):
    look = "file"


class ReportForm(SayForm):
    """The report, as a PDF; the action judges what is in it."""

    report = forms.FileField(
        label=_("Your report, as a PDF"),
        help_text=_("Up to 20 MB."),
        widget=OneFile(attrs={"accept": "application/pdf,.pdf"}),
        error_messages={"required": _("Choose the file of your report."), "empty": _("This file is empty.")},
    )

    def clean_report(self) -> "UploadedFile[Any]":
        file: UploadedFile[Any] = self.cleaned_data["report"]
        why = pages(file.read()).why
        file.seek(0)
        if why == "encrypted":
            raise ValidationError(gettext("This PDF asks for a password. Please save it without one, or fax it."))
        if why:
            raise ValidationError(gettext("We cannot read this file as a PDF. Please choose another one, or fax it."))
        return file


FORMS: dict[str, type[SayForm]] = {
    State.NEEDS_INFORMATION: NeedForm,
    State.REFUSED: RefuseForm,
    State.BOOKED: BookForm,
    State.NOT_ATTENDED: MissedForm,
    State.REPORT_RECEIVED: ReportForm,
}


def form_for(to: str, today: date, **more: Any) -> SayForm:
    """The form of one thing that a practice may say."""
    return FORMS.get(to, SayForm)(today, to, **more)
