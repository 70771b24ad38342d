from typing import Any

from allauth.account.forms import LoginForm
from allauth.account.forms import ResetPasswordForm as AnyResetPasswordForm
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


class PasswordForm(LoginForm):
    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        self.fields["login"].label = "E-mail address"
        self.fields["password"].help_text = ""


class ResetPasswordForm(AnyResetPasswordForm):
    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["email"].label = "Your e-mail address"
        self.fields["email"].widget.attrs.pop("placeholder", None)

    def clean_email(self) -> str:
        """Patients have no password; their address is answered like one that nobody has."""
        email = super().clean_email()
        self.users = [user for user in self.users if user.is_staff_member]
        return email
