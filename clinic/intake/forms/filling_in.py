"""Hears one page of the questionnaire: what was typed becomes replies, and nothing is written."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clinic.intake.questions import dates
from clinic.intake.questions.asked import Answers, Given, Reply, Row, asked_on
from clinic.intake.questions.conditions import Is
from clinic.intake.questions.shape import Kind, Page, Question, Step
from clinic.intake.questions.words import shown

from .fields import DATE_PARTS, field_for

ENDS_BEFORE = _("This date is before the start. Please look at both dates.")
NOT_KEPT = _("One character in your text cannot be kept. We took it out. Please look at your text once more.")
NUL = "\x00"

Raw = Mapping[str, list[str]]


class PageForm(forms.Form):
    """The questions of one page, or of one row. `known` is what counts of the other answers, `typed` what to show."""

    def __init__(self, step: Step, known: Answers, data: Raw | None = None, typed: Raw | None = None) -> None:
        heard = MultiValueDict({name: [_kept(each) for each in values] for name, values in (data or {}).items()})
        self.step, self.known = step, known
        self.lost = any(NUL in each for values in (data or {}).values() for each in values)
        super().__init__(data=heard if data is not None else None)
        for question in _may_be_asked(step, known):
            self.fields[question.key] = field_for(question, known.today, known.language)
        if typed:
            raw = MultiValueDict({name: list(values) for name, values in typed.items()})
            for name, field in self.fields.items():
                self.initial[name] = field.widget.value_from_datadict(raw, MultiValueDict(), name)

    @property
    def questions(self) -> dict[str, Question]:
        every = self.step.questions if isinstance(self.step, Page) else self.step.all_questions
        return {question.key: question for question in every if question.key in self.fields}

    def clean(self) -> dict[str, Any]:
        """Forgive what is not asked, given what else was answered here; look at dates side by side."""
        cleaned = super().clean() or self.cleaned_data
        asked = {question.key for question in asked_on(self.step, self._with(cleaned))}
        for name in self.fields.keys() - asked:
            self.errors.pop(name, None)
            cleaned.pop(name, None)
        if self._is_urgent(cleaned):
            self._forgive_empty()
        if self.lost:
            self.add_error(None, NOT_KEPT)
        for question in self.questions.values():
            self._check_order(question, cleaned)
        return cleaned

    def _with(self, cleaned: Mapping[str, Any]) -> Answers:
        here: Row = {name: Given(value) for name, value in cleaned.items()}
        others = {name: given for name, given in self.known.plain.items() if name not in self.fields}
        known = Answers(self.known.today, self.known.language, others, self.known.rows)
        return known.with_row(here)

    def _is_urgent(self, cleaned: Mapping[str, Any]) -> bool:
        return isinstance(self.step, Page) and self.step.stops and "yes" in cleaned.values()

    def _forgive_empty(self) -> None:
        """Any one urgent sign suffices: nobody in danger is sent back to fill in the rest."""
        for name in list(self.errors):
            del self.errors[name]

    def _check_order(self, question: Question, cleaned: dict[str, Any]) -> None:
        first, last = cleaned.get(question.not_before), cleaned.get(question.key)
        if (
            question.not_before
            and _is_date(first)
            and _is_date(last)
            and dates.span(last).last < dates.span(first).first
        ):
            self.add_error(question.key, ENDS_BEFORE)

    def replies(self) -> list[Reply]:
        """The answers of a valid form, in the words that were shown."""
        return [
            Reply(
                question.key,
                gettext(question.text),
                self.cleaned_data[question.key],
                shown(question, self.cleaned_data[question.key], gettext, self.known.language),
            )
            for question in asked_on(self.step, self._with(self.cleaned_data))
            if question.key in self.cleaned_data
        ]

    def layout(self) -> Iterator[dict[str, Any]]:
        """The fields in order, each with those that one of its choices reveals."""
        return self._laid_out(folded=False)

    def folded(self) -> Iterator[dict[str, Any]]:
        """Those that are offered below, folded away."""
        return self._laid_out(folded=True)

    def folded_open(self) -> bool:
        """Whether something below was said or needs another look."""
        return any(each["field"].errors or self._was_said(each["field"].name) for each in self.folded())

    def _was_said(self, name: str) -> bool:
        return any(self[name].value() or []) if isinstance(self[name].value(), list) else bool(self[name].value())

    def _laid_out(self, *, folded: bool) -> Iterator[dict[str, Any]]:
        revealed = self._revealed()
        inner = {bound.name for more in revealed.values() for fields in more.values() for bound in fields}
        below = set() if isinstance(self.step, Page) else {question.key for question in self.step.more}
        for name, question in self.questions.items():
            if name not in inner and (name in below) is folded:
                optional = not question.core and not folded
                yield {"field": self[name], "more": revealed.get(name), "question": question, "optional": optional}

    def _revealed(self) -> dict[str, dict[str, list[forms.BoundField]]]:
        found: dict[str, dict[str, list[forms.BoundField]]] = {}
        for name, question in self.questions.items():
            condition = question.asked_if
            if isinstance(condition, Is) and _can_reveal(self.questions.get(condition.key)):
                self.fields[name].widget.in_row = question.in_row
                for value in condition.values:
                    found.setdefault(condition.key, {}).setdefault(value, []).append(self[name])
        return found


def _can_reveal(question: Question | None) -> bool:
    return question is not None and question.kind in (Kind.YES_NO, Kind.CHOICE)


def _may_be_asked(step: Step, known: Answers) -> Iterator[Question]:
    """What is asked already, and what an answer on this very page may still bring up."""
    every = step.questions if isinstance(step, Page) else step.all_questions
    here = {question.key for question in every}
    asked = {question.key for question in asked_on(step, known)}
    for question in every:
        if question.key in asked or (question.asked_if and question.asked_if.names() & here):
            yield question


def _is_date(value: object) -> bool:
    if isinstance(value, dict):
        return True
    return isinstance(value, str) and value[:4].isdecimal()


def _kept(text: str) -> str:
    return text.replace(NUL, "")


def typed_from(form: PageForm, posted: QueryDict) -> dict[str, list[str]]:
    """What was typed into the fields of this page, word for word, for the draft."""
    names = set(form.fields) | {f"{name}_{part}" for name in form.fields for part in DATE_PARTS}
    return {name: [_kept(each) for each in posted.getlist(name)] for name in sorted(names & set(posted))}


def in_words(form: PageForm) -> list[dict[str, str]]:
    """Each question with what was typed, in words where it can be read and as it stands where it cannot."""
    form.is_valid()
    rows = []
    for question in form.questions.values():
        value = form.cleaned_data.get(question.key)
        words = shown(question, value, gettext, form.known.language)
        raw = form[question.key].value()
        as_typed = ", ".join(str(each) for each in (raw if isinstance(raw, list) else [raw]) if each)
        if words or as_typed:
            rows.append({"question": gettext(question.text), "answer": words or as_typed})
    return rows
