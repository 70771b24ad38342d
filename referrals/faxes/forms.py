"""What staff says when a fax is not filed, or no longer."""

from django import forms
from django.core.exceptions import ValidationError

from .lifecycle import WHY_ASIDE


class SetAsideForm(forms.Form):
    why = forms.ChoiceField(label="Why", choices=[("", "Choose a reason"), *WHY_ASIDE.items()])
    reason = forms.CharField(label="In words", required=False, max_length=500)

    def clean(self) -> None:
        said = self.cleaned_data
        if said.get("why") == "other" and not said.get("reason"):
            raise ValidationError({"reason": "Say why it is set aside."})


class TakeBackForm(forms.Form):
    reason = forms.CharField(label="What was wrong", max_length=500)
