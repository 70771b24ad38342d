"""Hears what a referrer adds through the private link."""

import uuid
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from clinic.people.forms.words import TOO_LONG
from clinic.record.forms import FilesField

LONGEST, LONGEST_WHY = 4000, 500


class OnceForm(forms.Form):
    """A form that is heard once, however often it is sent."""

    nonce = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial.setdefault("nonce", uuid.uuid4())


class AdditionForm(OnceForm):
    words = forms.CharField(
        label=_("Your answer"),
        required=False,
        validators=[MaxLengthValidator(LONGEST, TOO_LONG)],
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    attachments = FilesField(
        label=_("Files"),
        help_text=_("PDF, or photos as JPEG, PNG or WebP. Up to 10 files, 20 MB each."),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not cleaned.get("words") and not cleaned.get("attachments"):
            self.add_error("words", _("Write an answer, or attach a file."))
        return cleaned


class WithdrawForm(OnceForm):
    words = forms.CharField(label=_("Why, if you like to say"), required=False, max_length=LONGEST_WHY)
    words.widget.attrs["id"] = "id_why"
