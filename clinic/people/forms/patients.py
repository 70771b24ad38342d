from datetime import date
from typing import Any, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from clinic.audit.clock import today
from clinic.people.models import Location, Patient, Sex
from clinic.people.search import reference_in

EARLIEST = date(1900, 1, 1)
INTERPRETER = [("", "Not asked"), ("true", "Needed"), ("false", "Not needed")]


def looks_like_a_phone_number(typed: str) -> None:
    if typed and not 7 <= sum(letter.isdigit() for letter in typed) <= 15:
        raise ValidationError(_("This does not look like a phone number: it has 7 to 15 digits."))


class PatientForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs alone
    """What the register says of somebody. A blank field is unknown, never "no"."""

    interpreter = forms.TypedChoiceField(
        choices=INTERPRETER, required=False, coerce=lambda said: said == "true", empty_value=None
    )

    sex = forms.ChoiceField(choices=[("", "Not said"), *Sex.choices], required=False)
    home_location = forms.ModelChoiceField(Location.objects.none(), empty_label=None)

    class Meta:
        model = Patient
        fields = [
            "given_name",
            "family_name",
            "birth_date",
            "sex",
            "phone",
            "email",
            "language",
            "interpreter",
            "home_location",
            "payer",
            "plan_name",
            "member_id",
            "primary_care",
        ]
        labels = {
            "email": "E-mail",
            "plan_name": "Plan",
            "member_id": "Member number",
            "primary_care": "Primary care practice",
            "birth_date": "Birth date",
        }
        widgets = {
            "birth_date": forms.DateInput(attrs={"type": "date", "max": "9999-12-31"}, format="%Y-%m-%d"),
            "phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["family_name"].required = True
        self.fields["family_name"].error_messages["required"] = "Give the family name."
        self.fields["birth_date"].required = False
        open_or_theirs = Q(active=True) | Q(pk=self.instance.home_location_id)
        cast("forms.ModelChoiceField[Location]", self.fields["home_location"]).queryset = Location.objects.filter(
            open_or_theirs
        )
        self.helper = FormHelper()
        self.helper.form_tag, self.helper.disable_csrf = False, True
        self.helper.layout = Layout(
            Fieldset("Who", _row("given_name", "family_name"), _row("birth_date", "sex")),
            Fieldset("How to reach them", _row("phone", "email"), _row("language", "interpreter")),
            Fieldset(
                "Care and payer",
                _row("home_location", "primary_care"),
                _row("payer", "plan_name", "member_id"),
            ),
        )

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"]
        looks_like_a_phone_number(phone)
        return phone

    def clean_birth_date(self) -> date | None:
        born: date | None = self.cleaned_data["birth_date"]
        if born and born < EARLIEST:
            raise ValidationError("Check the year of this birth date: it is before 1900.")
        return born

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        born, home = said.get("birth_date"), said.get("home_location")
        if born and home and born > today(home.time_zone):
            self.add_error("birth_date", "This birth date lies in the future.")
        return said


def _row(*names: str) -> Row:
    return Row(*(Column(name) for name in names))


class AnywayForm(forms.Form):
    """Why somebody alike is nevertheless another person."""

    reason = forms.CharField(
        max_length=300,
        required=False,
        label="How do you know that this is another person?",
        help_text="Such as “brothers with one phone”. It is kept.",
    )


class AddressForm(forms.Form):
    """Where an invitation goes."""

    email = forms.EmailField(label="E-mail")

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class CarerForm(AddressForm):
    name = forms.CharField(max_length=150)
    relation = forms.CharField(max_length=100, help_text="Such as daughter, partner or guardian.")

    field_order = ["name", "relation", "email"]


class MergeForm(forms.Form):
    """Into whom an entry is merged, and, where both sign in, whose sign-in stays."""

    into = forms.CharField(label="Reference of the entry that stays", max_length=10)
    sign_in_of = forms.ChoiceField(
        widget=forms.RadioSelect,
        label="Both sign in. Which one stays?",
        error_messages={"required": "Both entries have a sign-in. Choose the one that the person will use."},
    )
    sign_in_of.widget.look = "choices"

    def __init__(self, *args: Any, patient: Patient, patients: QuerySet[Patient], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.patient, self.patients = patient, patients
        self.other = self._named(str(self["into"].value() or ""))
        if self.other and self.other.user_id and patient.user_id:
            choices = [(row.reference, str(row.user)) for row in (self.other, patient)]
            cast(forms.ChoiceField, self.fields["sign_in_of"]).choices = choices
        else:
            del self.fields["sign_in_of"]

    def _named(self, typed: str) -> Patient | None:
        return self.patients.exclude(pk=self.patient.pk).filter(reference=reference_in(typed)).first()

    def clean_into(self) -> Patient:
        if self.other is None:
            raise ValidationError("No other entry has this reference.")
        return self.other

    def clean_sign_in_of(self) -> Patient | None:
        return self.patient if self.cleaned_data["sign_in_of"] == self.patient.reference else self.other


class SignInAddressForm(forms.Form):
    """The address to which a patient's codes are mailed."""

    email = forms.EmailField(label="Address to sign in with", widget=forms.EmailInput(attrs={"autocomplete": "off"}))

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()
