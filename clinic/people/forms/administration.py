import zoneinfo
from io import BytesIO
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from PIL import Image

from clinic.people.models import Clinic, Location, Role, User

LARGEST_LOGO = 1024 * 1024
WIDEST_LOGO = 2000
LOGO_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg"}
# The zones of the United States first: other clinics find theirs in the whole list below.
COMMON_ZONES = (
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "Pacific/Honolulu",
    "America/Puerto_Rico",
)
STAFF_CHOICES = [(role.value, role.label) for role in Role if role != Role.PATIENT]


def zone_choices() -> list[tuple[str, Any]]:
    def label(zone: str) -> str:
        return zone.replace("_", " ")

    others = sorted(zoneinfo.available_timezones() - set(COMMON_ZONES) - {"localtime"})
    return [
        ("United States", [(zone, label(zone)) for zone in COMMON_ZONES]),
        ("Everywhere", [(zone, label(zone)) for zone in others if "/" in zone]),
    ]


class ClinicForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs alone
    class Meta:
        model = Clinic
        fields = ["name", "phone", "emergency_phone", "alert_email"]
        labels = {"emergency_phone": "Emergency number", "alert_email": "Address for alerts"}
        help_texts = {
            "phone": "Stands on every page, mail and letter.",
            "emergency_phone": "What a patient with an urgent sign is told to call.",
            "alert_email": "Urgent signs are mailed here. Left empty, every doctor and coordinator gets them.",
        }


class LogoForm(forms.Form):
    logo = forms.FileField(
        label="Picture",
        help_text="PNG or JPEG, up to 1 MB and 2000 pixels each way. It is shown 36 pixels high.",
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
        error_messages={"empty": "This file is empty.", "required": "Choose a picture first."},
    )
    logo.widget.look = "file"

    def clean_logo(self) -> tuple[bytes, str]:
        """The picture's bytes and its type, judged by what is in it and not by its name."""
        upload = self.cleaned_data["logo"]
        if upload.size > LARGEST_LOGO:
            raise ValidationError("This file is larger than 1 MB. Save the picture smaller.")
        content = upload.read()
        try:
            with Image.open(BytesIO(content), formats=list(LOGO_TYPES)) as picture:
                kind, widest = picture.format or "", max(picture.size)
                picture.verify()
        except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as problem:
            raise ValidationError("This is not a PNG or JPEG picture.") from problem
        if widest > WIDEST_LOGO:
            raise ValidationError("This picture is more than 2000 pixels wide or high. Save it smaller.")
        return content, LOGO_TYPES[kind]


class LocationForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs alone
    time_zone = forms.ChoiceField(choices=zone_choices, help_text="Decides which day “today” is here.")

    class Meta:
        model = Location
        fields = ["name", "address", "phone", "fax", "time_zone"]
        help_texts = {"fax": "Where other practices send records to; it stands on the letters that ask for them."}
        widgets = {"address": forms.Textarea(attrs={"rows": 3})}


class StaffForm(forms.Form):
    """Name and address of somebody who works here."""

    name = forms.CharField(max_length=150, help_text="As it stands under a decision, such as “Dr. Test Rowan”.")
    email = forms.EmailField(label="E-mail")

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class InvitationForm(StaffForm):
    role = forms.ChoiceField(choices=STAFF_CHOICES)


class RoleForm(forms.Form):
    role = forms.ChoiceField(choices=STAFF_CHOICES)


class ResetForm(forms.Form):
    reason = forms.CharField(
        max_length=300,
        label="How do you know that it is them who asks?",
        help_text="Such as “stood at my desk” or “called back on the number we have”. It is kept.",
    )


class DeactivationForm(forms.Form):
    """Who takes over the open cases; asked only where there are some and somebody in the same role."""

    colleague = forms.ModelChoiceField(
        User.objects.none(), label="Who takes over the cases?", empty_label="Choose a colleague"
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        colleagues = User.objects.filter(role=user.role, is_active=True).exclude(pk=user.pk).order_by("name")
        self.cases = user.claimed_cases.count()
        if self.cases and colleagues:
            cast("forms.ModelChoiceField[User]", self.fields["colleague"]).queryset = colleagues
        else:
            del self.fields["colleague"]
