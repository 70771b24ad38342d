"""What staff types before, of and after a session."""

import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.html import format_html, format_html_join

from clinic.candidacy.chart.choices import LEVELS, STEROIDS
from clinic.intake.forms.fields import Boxes, Radios
from clinic.people.models import Location, Role, User

from . import checklist, choices
from .models import Agreed, Answered, Said, WentWrong

LEVEL = re.compile(r"[CTLS]\d{1,2}(-[CTLS]?\d{1,2})?|CAUDAL")
MOST_LEVELS = 6
YES_NO = (("yes", "Yes"), ("no", "No"))
UNSAID = ("", "Not said")


def _day(label: str, **options: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


def _text(label: str, rows: int = 2, **options: Any) -> forms.CharField:
    more: dict[str, Any] = {"max_length": 4000, "required": False, "widget": forms.Textarea(attrs={"rows": rows})}
    return forms.CharField(label=label, **(more | options))


def _line(label: str, most: int, **options: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off"} | options.pop("attrs", {}))
    return forms.CharField(label=label, max_length=most, widget=widget, **options)


def _one_of(label: str, offered: Iterable[tuple[str, str]], **options: Any) -> forms.ChoiceField:
    listed = list(offered)
    first = [("", "Choose")] if options.get("required", True) else []
    return forms.ChoiceField(label=label, choices=[*first, *listed], widget=forms.Select(), **options)


def _yes_no(label: str, offered: Sequence[tuple[str, str]] = YES_NO, **options: Any) -> forms.TypedChoiceField:
    meant = {"yes": True, "no": False}
    return forms.TypedChoiceField(
        label=label, choices=offered, widget=Radios(), coerce=lambda said: meant[said], empty_value=None, **options
    )


def _pain(label: str, **options: Any) -> forms.IntegerField:
    widget = forms.TextInput(attrs={"inputmode": "numeric", "size": 4, "autocomplete": "off"})
    return forms.IntegerField(label=label, min_value=0, max_value=10, required=False, widget=widget, **options)


class Levels(forms.CharField):
    """Levels in one line, such as "L4-5, L5-S1"; each once, in the order in which they were written."""

    def clean(self, value: Any) -> list[str]:
        written = re.split(r"[\s,;]+", super().clean(value).upper().replace("/", "-").strip(" ,;"))
        levels = list(dict.fromkeys(written))
        for level in levels:
            if not LEVEL.fullmatch(level):
                raise forms.ValidationError(f"“{level}” is no level. Write it such as L4-5, or caudal.")
        if len(levels) > MOST_LEVELS:
            raise forms.ValidationError(f"At most {MOST_LEVELS} levels in one session.")
        return ["caudal" if level == "CAUDAL" else level for level in levels]


class SessionForm(forms.Form):
    """One session, filled in from its signed plan: who carries it out as planned types little."""

    nonce = forms.UUIDField(widget=forms.HiddenInput())
    on = _day("Day")
    performed_by = forms.ModelChoiceField(User.objects.none(), label="Performed by", empty_label="Choose")
    location = forms.ModelChoiceField(Location.objects.none(), label="Location", empty_label=None)
    region = _one_of("Region", choices.REGIONS)
    levels = Levels(label="Levels", max_length=100, help_text="Such as L4-5, L5-S1.")
    side = _one_of("Side", choices.SIDES)
    approach = _one_of("Approach", choices.APPROACHES)
    guidance = _one_of("Guidance", choices.GUIDANCE)
    contrast = _yes_no("Contrast")
    contrast_agent = _line("Contrast agent and volume", 100, required=False)
    drug = _line("Steroid", 60, attrs={"list": "list-drug"})
    dose_mg = forms.DecimalField(
        label="Dose, mg",
        max_digits=6,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "size": 8, "autocomplete": "off"}),
    )
    other_drugs = _line("Other drugs", 300, required=False)
    sedation = _one_of("Sedation", choices.SEDATION)
    sedation_reason = _line("Why sedation", 500, required=False)
    pain_before = _pain("Pain right before, 0 to 10")
    pain_after = _pain("Pain right after, 0 to 10")
    usual_pain = _pain("Average pain of the last seven days, 0 to 10", help_text="No baseline is on record yet.")
    views_kept = _yes_no("Views of needle and contrast kept", (*YES_NO, UNSAID), required=False)
    complication = _one_of("Complication", (("", "None seen"), *choices.COMPLICATIONS), required=False)
    complication_words = _line("What happened", 1000, required=False)
    note = _text("Note")
    rehabilitation = _one_of("Rehabilitation", choices.REHABILITATION)
    rehab_from = _day("Begins from", required=False, help_text="You choose it: no best day is known. Empty: not set.")
    rehab_until = _day("Begins by", required=False)
    rehab_goals = forms.MultipleChoiceField(
        label="Goals", choices=list(choices.GOALS.items()), required=False, widget=Boxes()
    )
    exercises = _text("Exercises, for the patient to read", 3)
    outside_reason = _text("Why it is outside the signed plan")

    def __init__(self, *, today: date, baseline: bool, **more: Any) -> None:
        super().__init__(**more)
        self.initial.setdefault("nonce", uuid.uuid4())
        doctors = User.objects.filter(role=Role.DOCTOR, is_active=True).order_by("name")
        cast(forms.ModelChoiceField[User], self.fields["performed_by"]).queryset = doctors
        places = Location.objects.filter(active=True).order_by("name")
        cast(forms.ModelChoiceField[Location], self.fields["location"]).queryset = places
        self.fields["on"].widget.attrs["max"] = today.isoformat()
        self.fields["drug"].widget.suggestions = STEROIDS
        self.fields["levels"].widget.attrs["list"] = "list-levels"
        self.fields["levels"].widget.suggestions = LEVELS
        if baseline:
            del self.fields["usual_pain"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("sedation") not in (None, "none", "minimal") and not said.get("sedation_reason"):
            self.add_error("sedation_reason", "Write why there was sedation.")
        if said.get("complication") == "other" and not said.get("complication_words"):
            self.add_error("complication_words", "Write what happened.")
        begins, ends = said.get("rehab_from"), said.get("rehab_until")
        if begins and ends and ends < begins:
            self.add_error("rehab_until", "This day is before the first one.")
        return said

    def said(self) -> Said:
        """The session as it was written."""
        apart = ("nonce", "complication", "complication_words")
        fields = {name: value for name, value in self.cleaned_data.items() if name not in apart}
        kind, words = self.cleaned_data["complication"], self.cleaned_data["complication_words"]
        wrong = (WentWrong(kind, fields["on"], words),) if kind else ()
        return Said(**fields, complications=wrong)


class CheckForm(forms.Form):
    """The checklist: of each item whether it is clear, and words where it is not."""

    nonce = forms.UUIDField(widget=forms.HiddenInput())
    asked_today = forms.BooleanField(
        label="I asked the patient today.", error_messages={"required": "Ask the patient before you go on."}
    )

    def __init__(self, *, items: Sequence[checklist.Item], **more: Any) -> None:
        super().__init__(**more)
        self.items = items
        self.initial.setdefault("nonce", uuid.uuid4())
        for item in items:
            self.fields[item.key] = self._answer(item)
            self.fields[f"{item.key}-words"] = _line("How it is settled, or why you stop", 1000, required=False)
            if item.state == checklist.State.CLEAR:
                self.initial.setdefault(item.key, checklist.Answer.CLEAR)

    @staticmethod
    def _answer(item: checklist.Item) -> forms.ChoiceField:
        offered = [
            (answer, words)
            for answer, words in checklist.ANSWERS.items()
            if item.state != checklist.State.ATTENTION or answer != checklist.Answer.CLEAR
        ]
        wrong = {"required": "Answer it before you go on."}
        lines = format_html_join("", "<li>{}</li>", ((line,) for line in item.lines))
        known = format_html('<ul class="check-known">{}</ul>', lines)
        return forms.ChoiceField(
            label=item.title, help_text=known, choices=offered, widget=Radios(), error_messages=wrong
        )

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Each item with its two fields, as the page lists them."""
        return [{"item": each, "answer": self[each.key], "words": self[f"{each.key}-words"]} for each in self.items]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for item in self.items:
            answer = said.get(item.key)
            if answer and answer != checklist.Answer.CLEAR and not said.get(f"{item.key}-words"):
                self.add_error(f"{item.key}-words", "Write how it is settled, or why you stop.")
        return said

    def answered(self) -> Mapping[str, Answered]:
        said = self.cleaned_data
        return {item.key: Answered(said[item.key], said[f"{item.key}-words"]) for item in self.items}


class AgreedForm(forms.Form):
    """What was agreed on one blood thinner with whoever prescribes it; no day is proposed."""

    nonce = forms.UUIDField(widget=forms.HiddenInput())
    goes_on = forms.TypedChoiceField(
        label="What was agreed",
        choices=(("stops", "It is stopped for the injection"), ("goes_on", "It goes on: it is not stopped")),
        coerce=lambda said: said == "goes_on",
        widget=Radios(),
    )
    last_dose_on = _day("Last dose before the injection", required=False)
    first_dose_on = _day("Taken again from", required=False, help_text="Leave it empty while that is not agreed.")
    words = _text(
        "For the patient, in their language", help_text="Such as “the evening dose”. Printed as you write it."
    )
    agreed_with = _line("Agreed with whom", 150)
    agreed_on = _day("Agreed on")

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.initial.setdefault("nonce", uuid.uuid4())

    @property
    def dependent(self) -> dict[str, list[forms.BoundField]]:
        """What is asked beneath "It is stopped"."""
        return {"stops": [self["last_dose_on"], self["first_dose_on"]]}

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("goes_on"):
            return said | {"last_dose_on": None, "first_dose_on": None}
        if said.get("goes_on") is False and not said.get("last_dose_on") and "last_dose_on" not in self.errors:
            self.add_error("last_dose_on", "Write the day of the last dose, as it was agreed.")
        return said

    def agreed(self) -> Agreed:
        return Agreed(**{name: value for name, value in self.cleaned_data.items() if name != "nonce"})


class ComplicationForm(forms.Form):
    """What went wrong in or after a session."""

    nonce = forms.UUIDField(widget=forms.HiddenInput())
    kind = _one_of("What went wrong", choices.COMPLICATIONS)
    on = _day("Seen on")
    words = _text("What happened", 3)

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.initial.setdefault("nonce", uuid.uuid4())


class StrikeForm(forms.Form):
    """Why an entry is taken back."""

    because = _text(
        "Why it is taken back", 3, required=True, error_messages={"required": "Write why it is taken back."}
    )
