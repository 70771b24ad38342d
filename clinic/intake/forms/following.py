"""Hears what is said after the answers were signed: an addition, a change. Nothing is written here."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clinic.intake.actions.following import Change, Said
from clinic.intake.models import Intake
from clinic.intake.questions import every_question, later
from clinic.intake.questions.asked import Answers, Reply
from clinic.intake.questions.health import ANY_THINNER, THINNERS, TODAY
from clinic.intake.questions.safety import URGENT
from clinic.intake.questions.shape import YES_TEXT, Page, Question, Step
from clinic.intake.questions.words import shown
from clinic.people.forms.words import SentOnce, in_own_words

from .fields import Boxes, field_for
from .filling_in import PageForm, Raw

MOST_ENTRIES = 10
INFECTION_NOW = next(question for question in TODAY.questions if question.key == later.INFECTION)
SECTION_OF = {question.key: section.key for section, step, question in every_question() if isinstance(step, Page)}


class PartForm(PageForm):
    """Some questions of the intake among others on one page; `given` is what counts of its entry's earlier answers."""

    def __init__(self, step: Step, known: Answers, data: Raw | None, prefix: str) -> None:
        super().__init__(step, known, data)
        self.prefix, self.sent = prefix, data or {}

    def _check_order(self, question: Question, cleaned: dict[str, Any]) -> None:
        """A last day is held against the first one, also where that was said earlier."""
        first = question.not_before
        said_before = {first: self.known.get(first)} if first and first not in self.fields else {}
        super()._check_order(question, cleaned | said_before)

    @property
    def is_empty(self) -> bool:
        mine = [values for name, values in self.sent.items() if name.startswith(f"{self.prefix}-")]
        return not any(text.strip() for values in mine for text in values)


@dataclass
class Part:
    """One of the forms of an addition, with the words above it: what its entry is called, and what was told of it."""

    wanted: later.Wanted
    form: PartForm
    optional: bool = False
    named: str = ""
    told: Sequence[tuple[str, str]] = ()

    @property
    def title(self) -> str:
        rows = self.wanted.rows
        return f"{gettext(rows.row_title)} {self.wanted.number}" if rows else ""

    @property
    def is_skipped(self) -> bool:
        return self.optional and self.form.is_empty

    def said(self) -> Iterator[Said]:
        if self.is_skipped:
            return
        rows = self.wanted.rows
        row = uuid.UUID(self.wanted.row) if self.wanted.row else (uuid.uuid4() if rows else None)
        for reply in self.form.replies():
            section = rows.slug if rows else SECTION_OF.get(reply.question, later.LATER)
            yield Said(section, reply, row, self.title)


class AdditionForms:
    """Exactly what was asked for, as forms side by side on one page; an error summary reads it like one form."""

    def __init__(self, addition: Intake, answers: Answers, data: Raw | None = None) -> None:
        self.entries = _entries(data)
        self.parts = [
            Part(wanted, _form(wanted, answers, data), bool(wanted.rows and not wanted.row), *_before(wanted, answers))
            for wanted in later.wanted(addition.asks, answers, self.entries)
        ]
        if addition.note:
            words = later.Wanted((later.ANSWER_TO_NOTE,))
            self.parts.append(Part(words, _form(words, answers, data)))

    def __iter__(self) -> Iterator[forms.BoundField]:
        for part in self.parts:
            yield from part.form

    @property
    def grows(self) -> bool:
        """Whether a list is asked for, to which one more entry can be added."""
        return any(part.optional for part in self.parts) and self.entries < MOST_ENTRIES

    @property
    def errors(self) -> bool:
        return any(part.form.errors for part in self.parts if part.form.is_bound and not part.is_skipped)

    def non_field_errors(self) -> list[Any]:
        return [error for part in self.parts for error in part.form.non_field_errors()]

    def is_valid(self) -> bool:
        return not self.errors

    def said(self) -> list[Said]:
        return [each for part in self.parts for each in part.said()]


def _entries(data: Raw | None) -> int:
    typed = (data or {}).get("entries", ["1"])[-1]
    return min(max(int(typed), 1), MOST_ENTRIES) if typed.isdecimal() and len(typed) < 4 else 1


def _before(wanted: later.Wanted, answers: Answers) -> tuple[str, list[tuple[str, str]]]:
    """What an entry is called, "Physical therapy", and each question that was answered of it before."""
    if not (wanted.rows and wanted.row):
        return "", []
    given = answers.rows[wanted.rows.slug][wanted.row]
    answered = [each for each in wanted.rows.all_questions if each.key in given and given[each.key].shown]
    told = [(gettext(each.text), given[each.key].shown) for each in answered]
    return (told[0][1], told[1:]) if told and answered[0] is wanted.rows.questions[0] else ("", told)


def _form(wanted: later.Wanted, answers: Answers, data: Raw | None) -> PartForm:
    if wanted.rows is None:
        return PartForm(Page(later.LATER, wanted.questions), answers, data, later.LATER)
    given = answers.rows.get(wanted.rows.slug, {}).get(wanted.row, {})
    step = replace(wanted.rows, questions=wanted.questions, more=())
    return PartForm(step, answers.with_row(given), data, f"{wanted.rows.slug}-{wanted.row or wanted.number}")


class ChangeForm(SentOnce):
    """What has changed since the answers were signed; a box that is ticked asks for a word more."""

    def __init__(self, known: Answers, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.language = known.language
        self.fields["what"] = _boxes(
            _("What has changed?"), [(key, gettext(text)) for key, text in later.CHANGES.items()]
        )
        for question in THINNERS.questions:
            self.fields[question.key] = field_for(question, known.today, known.language)
        self.fields["signs"] = _boxes(_("Which of these?"), [(sign.key, gettext(sign.text)) for sign in URGENT])
        self.fields["words"] = in_own_words(_("What has changed? Please write it in your words."))
        self.fields["what"].error_messages["required"] = _("Please choose what has changed.")
        for name in self.hidden_until_chosen:
            self.fields[name].required = False

    ASKS = {later.THINNER: ("as_written", "last_taken"), later.SIGN: ("signs",), later.OTHER: ("words",)}
    NEEDED = {later.THINNER: "as_written", later.SIGN: "signs", later.OTHER: "words"}

    @property
    def hidden_until_chosen(self) -> list[str]:
        return [name for names in self.ASKS.values() for name in names]

    @property
    def more(self) -> dict[str, list[forms.BoundField]]:
        return {choice: [self[name] for name in names] for choice, names in self.ASKS.items()}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for choice, names in self.ASKS.items():
            if choice not in cleaned.get("what", []):
                for name in names:
                    self.errors.pop(name, None)
                    cleaned.pop(name, None)
            elif not cleaned.get(self.NEEDED[choice]) and self.NEEDED[choice] not in self.errors:
                self.add_error(self.NEEDED[choice], gettext("Please tell us a little more here."))
        return cleaned

    def change(self) -> Change:
        chosen = self.cleaned_data["what"]
        return Change(signs=self.cleaned_data.get("signs") or [], changes=[key for key in chosen if key != later.SIGN])

    def said(self) -> list[Said]:
        chosen, found = self.cleaned_data["what"], []
        if later.THINNER in chosen:
            found += self._thinner()
        if later.INFECTION in chosen:
            found.append(_yes("health", INFECTION_NOW))
        found += [_yes("safety", sign) for sign in URGENT if sign.key in (self.cleaned_data.get("signs") or [])]
        if words := self.cleaned_data.get("words"):
            found.append(Said(later.LATER, Reply("changed_words", gettext(later.CHANGED_WORDS), words, words)))
        return found

    def _thinner(self) -> list[Said]:
        row = uuid.uuid5(self.cleaned_data["sent_as"], THINNERS.slug)
        title = gettext(THINNERS.row_title)
        replies = [self._reply(question) for question in THINNERS.questions]
        return [_yes("health", ANY_THINNER), *(Said(THINNERS.slug, reply, row, title) for reply in replies)]

    def _reply(self, question: Question) -> Reply:
        value = self.cleaned_data.get(question.key)
        return Reply(question.key, gettext(question.text), value, shown(question, value, gettext, self.language))


def _yes(section: str, question: Question) -> Said:
    return Said(section, Reply(question.key, gettext(question.text), "yes", gettext(YES_TEXT)))


def _boxes(label: Any, choices: list[tuple[str, str]]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, choices=choices, widget=Boxes())
