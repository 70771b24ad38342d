from django import forms
from django.utils.translation import gettext_lazy as _


class SignatureForm(forms.Form):
    """A typed name, over exactly the answers that were shown."""

    fingerprint = forms.CharField(widget=forms.HiddenInput, max_length=64)
    signature = forms.CharField(
        label=_("Type your full name to sign"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={
            "required": _("Please type your name to sign."),
            "max_length": _("Please type a shorter name."),
            "null_characters_not_allowed": _("One character in this name cannot be kept. Please type it once more."),
        },
    )
