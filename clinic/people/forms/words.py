"""What a patient sends in words of their own: kept once, however often the button is pressed."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

TOO_LONG = _("Please shorten this to %(limit_value)d characters. It has %(show_value)d now.")
LONGEST = 4000


class SentOnce(forms.Form):
    """A form with a mark of its own, by which the same sending is known again."""

    sent_as = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial={"sent_as": uuid.uuid4(), **(initial or {})})


def in_own_words(label: Any, help_text: Any = "") -> forms.CharField:
    """The field of what somebody tells at length."""
    messages = {"max_length": TOO_LONG, "required": _("Please write a few words.")}
    area = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=label, help_text=help_text, max_length=LONGEST, widget=area, error_messages=messages)
