"""What a reader says of a page; nothing is written here."""

from django import forms
from django.utils.translation import gettext_lazy as _

YES, NO = "yes", "no"


class YesOrNo(forms.RadioSelect):
    look = "choices"
    in_row = True


class OpinionForm(forms.Form):
    """Yes or no, and a free line; with the version that was read."""

    revision = forms.CharField(widget=forms.HiddenInput(), required=False)
    helpful = forms.ChoiceField(
        label=_("Was this page helpful?"),
        choices=[(YES, _("Yes")), (NO, _("No"))],
        widget=YesOrNo,
        error_messages={"required": _("Choose yes or no.")},
    )
    line = forms.CharField(
        label=_("What could be better?"),
        help_text=_("Please do not write who you are or what your illness is."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("That is too long. Please write at most 500 characters.")},
    )

    @property
    def was_helpful(self) -> bool:
        return bool(self.cleaned_data["helpful"] == YES)
