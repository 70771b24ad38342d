"""One form field for each kind of question. They turn what was typed into the answer's value, and refuse nonsense."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clinic.intake.questions import dates
from clinic.intake.questions.shape import Kind, Question
from clinic.people.forms.words import TOO_LONG

CHOOSE = _("Please choose an answer.")
CHOOSE_OR_UNKNOWN = _("Please choose an answer. “I don't know” is fine.")
WRITE = _("Please write an answer.")
NOT_A_NUMBER = _("Please write a whole number, like 12.")
OUT_OF_RANGE = _("Please write a number from %(least)s to %(most)s.")
ALONE = _("“%(alone)s” cannot go together with another choice.")
LONGEST = {Kind.TEXT: 200, Kind.LONG_TEXT: 4000}
DATE_PARTS = ("how", "day", "month", "month_year", "year", "weeks")
WAYS = (
    ("day", _("I know the day")),
    ("month", _("I know the month")),
    ("year", _("I know the year")),
    ("weeks", _("About … weeks ago")),
)


def choices_of(question: Question) -> list[tuple[str, Any]]:
    """The choices as Django wants them, translated, those of a long list under the heads of their groups."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for choice in question.offered:
        groups.setdefault(choice.group, []).append((choice.value, gettext(choice.text)))
    if set(groups) == {""}:
        return groups[""]
    return [(gettext(group), choices) for group, choices in groups.items() if group] + groups.get("", [])


class Radios(forms.RadioSelect):
    """One choice; those that stand `apart` say that it is not known, or not said."""

    look = "choices"
    apart: Sequence[str] = ()


class Scale(Radios):
    look = "scale"


class Boxes(forms.CheckboxSelectMultiple):
    """Several choices."""

    look = "choices"


class Checklist(Boxes):
    look = "checklist"


class BodyMap(Boxes):
    look = "body_map"


class OneOf(forms.ChoiceField):
    def __init__(self, question: Question, widget: forms.Widget, **options: Any) -> None:
        message = CHOOSE_OR_UNKNOWN if question.dont_know else CHOOSE
        messages = {"required": message, "invalid_choice": message}
        super().__init__(choices=choices_of(question), widget=widget, error_messages=messages, **options)
        self.widget.apart = [value for value in ("dk", "pns") if value in question.values]

    def clean(self, value: Any) -> str | None:
        return super().clean(value) or None


class OnScale(OneOf):
    """0 to 10 as a number, or that it is not known."""

    def __init__(self, question: Question, widget: forms.Widget, **options: Any) -> None:
        super().__init__(question, widget, **options)
        self.widget.low, self.widget.high = gettext(question.low), gettext(question.high)
        self.choices = [*((str(number), str(number)) for number in range(11)), *choices_of(question)]

    def clean(self, value: Any) -> Any:
        chosen = super().clean(value)
        return int(chosen) if chosen and chosen.isdecimal() else chosen


class SomeOf(forms.MultipleChoiceField):
    """Several choices as a list; one that stands alone, like "I don't know", as itself where it says nothing else."""

    def __init__(self, question: Question, widget: forms.Widget, **options: Any) -> None:
        messages = {"required": CHOOSE_OR_UNKNOWN if question.dont_know else CHOOSE, "invalid_choice": CHOOSE}
        super().__init__(choices=choices_of(question), widget=widget, error_messages=messages, **options)
        self.question = question
        self.widget.alone = " ".join(question.alone)

    def clean(self, value: Any) -> list[str] | str | None:
        chosen = super().clean(value)
        alone = [each for each in chosen if each in self.question.alone]
        if alone and len(chosen) > 1:
            words = next(gettext(choice.text) for choice in self.question.offered if choice.value == alone[0])
            raise forms.ValidationError(ALONE, params={"alone": words})
        if alone and alone[0] != "none":
            return str(alone[0])
        return chosen or None


class PlainText(forms.CharField):
    def __init__(self, question: Question, **options: Any) -> None:
        super().__init__(
            max_length=question.most or LONGEST[question.kind], error_messages={"required": WRITE}, **options
        )
        self.error_messages["max_length"] = TOO_LONG
        for validator in self.validators:
            if isinstance(validator, MaxLengthValidator):
                validator.message = TOO_LONG

    def clean(self, value: Any) -> str | None:
        return super().clean(value) or None


class WholeNumber(forms.CharField):
    def __init__(self, question: Question, **options: Any) -> None:
        super().__init__(error_messages={"required": WRITE}, **options)
        self.question = question

    def clean(self, value: Any) -> int | None:
        text = super().clean(value).rstrip("% ")
        if not text:
            return None
        if not text.isdecimal() or len(text) > 6:
            raise forms.ValidationError(NOT_A_NUMBER)
        if not self.question.least <= int(text) <= self.question.most:
            params = {"least": self.question.least, "most": self.question.most}
            raise forms.ValidationError(OUT_OF_RANGE, params=params)
        return int(text)


Read = Callable[[str], str]


class FullDay(forms.CharField):
    """One day, in the words in which people write it; or, where the question offers it, that it is not known."""

    def __init__(self, question: Question, today: date, language: str, **options: Any) -> None:
        super().__init__(error_messages={"required": dates.NO_DAY}, **options)
        self.question, self.today, self.language = question, today, language
        self.error_messages["required"] = gettext(dates.NO_DAY)

    def clean(self, value: Any) -> str | None:
        text = super().clean(value)
        if not text:
            return None
        if self.question.dont_know and text.casefold().strip(" .") in _unknown_words():
            return "dk"
        try:
            return dates.read_day(text, self.today, self.language, whole_year=self.question.key == "birth_date")
        except dates.Unreadable as problem:
            raise forms.ValidationError(gettext(str(problem))) from problem


class WrittenDay(forms.CharField):
    """A day in the words in which staff writes it, such as 20 May 2026; not after `today`, which its form gives."""

    today: date

    def __init__(self, **options: Any) -> None:
        super().__init__(help_text="Such as 20 May 2026.", max_length=40, **options)

    def clean(self, value: Any) -> date:
        try:
            return date.fromisoformat(dates.read_day(super().clean(value), self.today, "en"))
        except dates.Unreadable as problem:
            raise forms.ValidationError(str(problem)) from problem


def _unknown_words() -> set[str]:
    """What somebody writes into a box who does not know: "I don't know" in their language, or a question mark."""
    return {gettext("I don't know").casefold(), "?", "-"}


class PartialDateInput(forms.MultiWidget):
    look = "partial_date"

    def __init__(self, extra: list[tuple[str, Any]]) -> None:
        months = [(str(number), gettext(name.capitalize())) for number, name in enumerate(dates.MONTHS["en"], 1)]
        text = forms.TextInput
        super().__init__(
            {
                "how": forms.RadioSelect(choices=[*WAYS, *extra]),
                "day": text,
                "month": forms.Select(choices=[("", ""), *months]),
                "month_year": text,
                "year": text,
                "weeks": text,
            }
        )

    def decompress(self, _value: object) -> list[str]:
        return [""] * len(DATE_PARTS)


class PartialDate(forms.Field):
    """A day, a month, a year, "about N weeks ago", one of the question's own choices, or that it is not known."""

    def __init__(self, question: Question, today: date, language: str, **options: Any) -> None:
        super().__init__(widget=PartialDateInput(choices_of(question)), **options)
        self.today, self.language = today, language
        self.known = question.values | {way for way, _words in WAYS}

    def clean(self, value: Any) -> dates.Value | None:
        parts = dict(zip(DATE_PARTS, value or [], strict=False))
        if not self.required and not any(parts.values()):
            return None
        if parts.get("how") not in self.known:
            parts["how"] = ""
        try:
            return dates.from_parts(parts, self.today, self.language)
        except dates.Unreadable as problem:
            raise forms.ValidationError(gettext(str(problem))) from problem


def _line(question: Question) -> forms.TextInput:
    attrs = {"autocomplete": question.autocomplete or "off"}
    if question.suggestions:
        attrs["list"] = f"{question.key}-suggestions"
    return forms.TextInput(attrs=attrs)


def field_for(question: Question, today: date, language: str) -> forms.Field:
    """The field that hears one question, its label and help translated."""
    options: dict[str, Any] = {
        "label": gettext(question.text),
        "help_text": gettext(question.help) if question.help else "",
        "required": question.core,
    }
    makers: dict[Kind, Callable[[], forms.Field]] = {
        Kind.YES_NO: lambda: OneOf(question, Radios(), **options),
        Kind.CHOICE: lambda: OneOf(question, Radios(), **options),
        Kind.MENU: lambda: Menu(question, **options),
        Kind.SCALE: lambda: OnScale(question, Scale(), **options),
        Kind.MANY: lambda: SomeOf(question, Checklist(), **options),
        Kind.SHEET: lambda: SomeOf(question, Checklist(), **options),
        Kind.BODY_MAP: lambda: SomeOf(question, BodyMap(), **options),
        Kind.DATE: lambda: PartialDate(question, today, language, **options),
        Kind.DAY: lambda: FullDay(question, today, language, **options),
        Kind.NUMBER: lambda: WholeNumber(question, widget=forms.TextInput(attrs=NUMERIC), **options),
        Kind.TEXT: lambda: PlainText(question, widget=_line(question), **options),
        Kind.LONG_TEXT: lambda: PlainText(question, widget=forms.Textarea(attrs={"rows": 5}), **options),
    }
    return makers[question.kind]()


NUMERIC = {"size": 6, "inputmode": "numeric", "autocomplete": "off"}


class Menu(OneOf):
    """A long list, in groups; it begins with nothing chosen."""

    def __init__(self, question: Question, **options: Any) -> None:
        super().__init__(question, forms.Select(), **options)
        self.choices = [("", gettext("Choose from the list")), *choices_of(question)]
