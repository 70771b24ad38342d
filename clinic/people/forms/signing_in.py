from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clinic.people.models import User


def digits_only(typed: str) -> str:
    """People type codes with blanks and dashes, as they read them."""
    return "".join(sign for sign in typed if sign not in " -\u00a0")


class AddressForm(forms.Form):
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("We send you a code. You need no password."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Type your e-mail address."),
            "invalid": _("Type an e-mail address such as name@example.com."),
        },
    )

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class CodeForm(forms.Form):
    """A one-time code; `label` says which one."""

    code = forms.CharField(
        max_length=40,
        widget=forms.TextInput(
            attrs={"class": "code", "autocomplete": "one-time-code", "inputmode": "numeric", "size": 10}
        ),
        error_messages={"required": _("Type the code.")},
    )

    def __init__(self, *args: Any, label: Any, help_text: Any = "", **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["code"].label, self.fields["code"].help_text = label, help_text

    def clean_code(self) -> str:
        return digits_only(self.cleaned_data["code"])


class BirthDateForm(forms.Form):
    birth_date = forms.DateField(
        label=_("Date of birth"),
        widget=forms.DateInput(attrs={"type": "date", "autocomplete": "bday"}),
        error_messages={
            "required": _("Give the date of birth."),
            "invalid": _("Give the date of birth as month, day and year, such as 3/14/1970."),
        },
    )


class StaffBeginForm(forms.Form):
    """The first page of somebody who was invited to work here."""

    name = forms.CharField(label="Your name", max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    password = forms.CharField(
        label="A new password",
        help_text="At least 12 characters. A few words in a row are easy to keep in mind.",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password_again = forms.CharField(
        label="The same password again",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.email = email

    def clean(self) -> None:
        password = self.cleaned_data.get("password")
        if password is None:
            return
        try:
            validate_password(password, User(email=self.email, name=self.cleaned_data.get("name", "")))
        except ValidationError as error:
            self.add_error("password", error)
        if password != self.cleaned_data.get("password_again"):
            self.add_error("password_again", "These two passwords differ.")


class Plain:
    """A form of allauth as our field templates show it: the label says what goes in, and nothing stands in the box."""

    labels: dict[str, str] = {}
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
        for name in {"password", "password1"} & self.fields.keys():
            self.fields[name].help_text = "At least 12 characters." if name == "password1" else ""


class PasswordForm(Plain, account.LoginForm):
    labels = {"login": "E-mail address"}


class ConfirmPasswordForm(Plain, account.ReauthenticateForm):
    pass


class NewPasswordForm(Plain, account.ResetPasswordKeyForm):
    labels = {"password1": "A new password", "password2": "The same password again"}


class SecondStepForm(Plain, mfa.AuthenticateForm):
    pass


class ConfirmSecondStepForm(Plain, mfa.ReauthenticateForm):
    pass


class AppForm(Plain, ActivateTOTPForm):
    labels = {"code": "Six digits from the app"}
