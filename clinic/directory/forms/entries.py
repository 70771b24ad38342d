"""What somebody types about a practice or a practitioner; a line of a table is heard by the same form."""

import re
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import TextChoices

from clinic.directory import npi
from clinic.directory.models import CHANGEABLE, Channel, Entry, Kind, Resource, Tongue
from clinic.people.forms.patients import looks_like_a_phone_number
from clinic.people.lists import number


def _allowed(choices: type[TextChoices]) -> dict[str, str]:
    said = f"“%(value)s” is not known here. Allowed: {', '.join(choices.labels)}."
    return {"invalid_choice": said, "required": f"Choose one of: {', '.join(choices.labels)}."}


class EntryForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs alone
    """What the directory says of an entry. A blank field is unknown."""

    kind = forms.ChoiceField(choices=[("", "Choose one"), *Kind.choices], error_messages=_allowed(Kind))
    receives_by = forms.ChoiceField(
        choices=[("", "Not known"), *Channel.choices],
        required=False,
        label="Likes to receive by",
        error_messages=_allowed(Channel),
    )
    languages = forms.MultipleChoiceField(
        choices=Tongue.choices, required=False, error_messages=_allowed(Tongue), widget=forms.CheckboxSelectMultiple
    )
    phone = forms.CharField(max_length=40, required=False, validators=[looks_like_a_phone_number])
    fax = forms.CharField(max_length=40, required=False, validators=[looks_like_a_phone_number])
    npi = forms.CharField(
        max_length=20, required=False, label="NPI", help_text="Ten digits; the last one checks the others."
    )

    class Meta:
        model = Entry
        fields = CHANGEABLE
        labels: ClassVar = {"suffix": "Credentials", "direct_address": "Direct address"}
        help_texts: ClassVar = {
            "suffix": "Such as MD or DPT.",
            "direct_address": "Their secure address for Direct messages; it looks like an e-mail address.",
            "address": "As it stands on an envelope.",
            "notes": "About working with them. Nothing about a patient.",
        }
        widgets: ClassVar = {"address": forms.Textarea(attrs={"rows": 3}), "notes": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, resource: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.instance.resource = resource
        practice = resource == Resource.ORGANIZATION
        if practice:
            del self.fields["suffix"]
        self.fields["name"].error_messages["required"] = "Give the name."
        for name in ("phone", "fax"):
            self.fields[name].widget.attrs |= {"type": "tel", "autocomplete": "off"}
        self.helper = FormHelper()
        self.helper.form_tag, self.helper.disable_csrf = False, True
        who = ["name"] if practice else ["name", "suffix"]
        self.helper.layout = Layout(
            Fieldset("Which practice" if practice else "Who", _row(*who), _row("kind", "npi"), "languages"),
            Fieldset("How to reach them", _row("phone", "fax"), _row("direct_address", "receives_by"), "address"),
            Fieldset("Notes", "notes"),
        )

    def clean_npi(self) -> str:
        said = npi.written(self.cleaned_data["npi"])
        wrong = npi.fault(said) if said else ""
        if wrong:
            raise ValidationError(wrong)
        return said

    def clean_direct_address(self) -> str:
        return str(self.cleaned_data["direct_address"]).lower()


class SeenForm(forms.Form):
    """The ids of possible duplicates that were shown beside what is to be saved."""

    seen = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def clean_seen(self) -> list[int]:
        return [pk for pk in map(number, self.cleaned_data["seen"].split(",")) if pk is not None]


def _row(*names: str) -> Row:
    return Row(*(Column(name) for name in names))


def in_keys(cells: dict[str, str]) -> dict[str, Any]:
    """The cells of a line as the form posts them: “Physical therapy” is `physical_therapy`, languages are a list."""
    spoken = [_key(each, Tongue) for each in re.split(r"[,;/|]", cells.get("languages", "")) if each.strip()]
    said = {**cells, "kind": _key(cells.get("kind", ""), Kind), "languages": spoken}
    return said | {"receives_by": _key(cells.get("receives_by", ""), Channel)}


def resource_of(cell: str) -> str:
    """Whether a line is about a practice or a practitioner; empty where it says neither."""
    key = _key(cell, Resource)
    return key if key in Resource.values else ""


def _key(typed: str, choices: type[TextChoices]) -> str:
    """The key of a choice by its key or label; what is neither stays as it was typed, for the form to refuse."""
    plain = _plain(typed)
    return next((key for key, label in choices.choices if plain in (_plain(key), _plain(label))), typed.strip())


def _plain(words: str) -> str:
    return re.sub(r"[\s_-]+", " ", words).strip().casefold()
