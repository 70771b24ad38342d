from django import forms
from django.utils.translation import gettext_lazy as _

from clinic.people.models import Location


class LocationForm(forms.Form):
    """Where somebody new wants to be seen; not asked where there is only one place."""

    location = forms.ModelChoiceField(
        Location.objects.none(),
        label=_("Where would you like to be seen?"),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose a place."), "invalid_choice": _("Please choose a place.")},
    )

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        places = Location.objects.filter(active=True)
        self.fields["location"].queryset = places
        self.fields["location"].widget.look = "choices"
        self.fields["location"].required = len(places) > 1

    @property
    def is_asked(self) -> bool:
        return self.fields["location"].required

    def clean_location(self) -> Location:
        chosen = self.cleaned_data["location"] or self.fields["location"].queryset.first()
        if chosen is None:
            raise forms.ValidationError(_("This clinic has no place yet. Please call us."))
        return chosen
