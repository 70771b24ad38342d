"""Hears what a reader chose, and what worries them. Nothing is written here."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clinic.people.forms.words import SentOnce, in_own_words
from clinic.record.models import Case
from education.library.versions import Asked, Version

CHOOSE_ONE = _("Please choose at least one answer.")


class Choices(forms.RadioSelect):
    look = "choices"


class WorryForm(SentOnce):
    """What worries, and which of several pains it is about."""

    case = forms.ChoiceField(
        label=_("Which pain is it about?"),
        widget=Choices,
        error_messages={"required": _("Please choose an answer."), "invalid_choice": _("Please choose an answer.")},
    )
    words = in_own_words(_("I am worried about …"), _("The doctor reads this. If it cannot wait, please call us."))
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, cases: Sequence[Case], data: Any = None, about: Case | None = None, **said: Any) -> None:
        chosen = about or (cases[0] if len(cases) == 1 else None)
        super().__init__(data, {"case": chosen.reference if chosen else None, **said})
        case: Any = self.fields["case"]
        case.choices = [(each.reference, _in_words(each, cases)) for each in cases]
        if len(cases) == 1:
            case.widget = forms.HiddenInput()


def _in_words(case: Case, among: Sequence[Case]) -> str:
    """A case as its patient knows it: where the pain is, whose where there are several people, and the number."""
    place = gettext(case.get_region_display()) if case.region else gettext("My pain")
    people = {each.patient_id for each in among}
    return ", ".join([place, *([str(case.patient)] if len(people) > 1 else []), case.reference])


class UnderstandingForm(SentOnce):
    """The questions of one version of a page; one may be left open, and not all of them."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, version: Version, data: Any = None) -> None:
        super().__init__(data, {"revision": version.revision.pk})
        self.version = version
        for number, asked in enumerate(version.questions, 1):
            choices = list(enumerate(asked.choices, 1))
            self.fields[f"question-{number}"] = forms.TypedChoiceField(
                label=asked.ask, choices=choices, coerce=int, empty_value=None, required=False, widget=Choices
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not any(self.choices):
            raise forms.ValidationError(CHOOSE_ONE)
        return cleaned

    @property
    def asked(self) -> list[forms.BoundField]:
        return [self[f"question-{number}"] for number, _asked in enumerate(self.version.questions, 1)]

    @property
    def choices(self) -> list[int | None]:
        return [self.cleaned_data.get(bound.name) for bound in self.asked]

    def said(self) -> Iterator[tuple[Asked, str, bool]]:
        """Each question that was answered, with the choice in words and whether it was right."""
        for asked, choice in zip(self.version.questions, self.choices, strict=True):
            if choice:
                yield asked, asked.choices[choice - 1], choice == asked.right
