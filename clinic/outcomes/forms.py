"""Which year is shown, and by what its results are laid side by side."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from .queries import GROUPINGS
from .words import GROUPINGS as WORDS

USUAL = GROUPINGS[0]


@dataclass(frozen=True)
class Asked:
    """What the page shows."""

    year: int
    by: str


class ChoiceForm(forms.Form):
    """A year and a grouping; what cannot be meant is left at what is usual."""

    year = forms.TypedChoiceField(label="Sessions of", coerce=int, required=False)
    by = forms.ChoiceField(label="Compared by", choices=[(by, WORDS[by]) for by in GROUPINGS], required=False)

    def __init__(self, asked: Mapping[str, Any], years: list[int], usual: int) -> None:
        super().__init__({"year": usual, "by": USUAL, **{name: asked[name] for name in asked}})
        self.usual = usual
        year = self.fields["year"]
        assert isinstance(year, forms.TypedChoiceField)
        year.choices = [(each, str(each)) for each in years]

    def asked(self) -> Asked:
        """What is to be shown."""
        self.is_valid()
        said = self.cleaned_data
        return Asked(said.get("year") or self.usual, said.get("by") or USUAL)
