from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from clinic.people.models import Location

from .fields import Radios


class LocationForm(forms.Form):
    """Where somebody new wants to be seen; not asked where there is only one place."""

    location = forms.ModelChoiceField(
        Location.objects.none(),
        label=_("Where would you like to be seen?"),
        empty_label=None,
        widget=Radios,
        error_messages={"required": _("Please choose a place."), "invalid_choice": _("Please choose a place.")},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        places = Location.objects.filter(active=True)
        cast("forms.ModelChoiceField[Location]", self.fields["location"]).queryset = places
        self.fields["location"].required = len(places) > 1

    @property
    def is_asked(self) -> bool:
        return self.fields["location"].required

    def clean_location(self) -> Location:
        chosen: Location | None = self.cleaned_data["location"] or Location.objects.filter(active=True).first()
        if chosen is None:
            raise forms.ValidationError(_("This clinic has no place yet. Please call us."))
        return chosen
