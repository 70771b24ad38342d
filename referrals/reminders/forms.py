"""Why staff stop or allow reminders in somebody's place."""

from django import forms


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="Why",
        help_text="Who asked for it, and how: “asked on the phone”.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Write why."},
    )
