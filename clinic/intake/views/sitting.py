"""What every page of the questionnaire begins with: whose it is, how far it is, and where it goes on."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext

from clinic.audit.actions import record
from clinic.intake.actions.filling_in import Typed
from clinic.intake.beside import moment_beside
from clinic.intake.forms.filling_in import PageForm, typed_from
from clinic.intake.models import Draft, Intake
from clinic.intake.questions import BY_KEY, SECTIONS, find_step
from clinic.intake.questions.asked import Answers, counted, first_open, minutes_left, neighbours, open_steps, states
from clinic.intake.questions.dates import contract
from clinic.intake.questions.shape import Page, Rows, Section, Step
from clinic.intake.questions.words import day_in_words
from clinic.intake.reading import answers_of
from clinic.people.lists import number
from clinic.people.models import Patient
from clinic.people.request import Request
from clinic.record.models import Case, Stage

FROM_CHECK = "check"  # in the address of a page that was opened to change one answer


@dataclass
class Sitting:
    """One person's visit to one questionnaire; `known` is what counts of the answers."""

    request: Request
    case: Case
    intake: Intake
    answers: Answers
    known: Answers

    @property
    def language(self) -> str:
        return self.answers.language

    def elsewhere(self) -> HttpResponse | None:
        """Where this visit belongs instead: a signed intake has its receipt, a stopped one says what to do."""
        if self.intake.sealed_at:
            return redirect("intake:receipt", self.case.reference)
        if self.case.stage == Stage.WITHDRAWN:
            return redirect("intake:status", self.case.reference)
        if self.case.urgent_since:
            return redirect("intake:stopped", self.case.reference)
        return None

    def staff_for(self) -> Patient | None:
        """The patient whom staff is typing for, to be named on the page."""
        user, patient = self.request.user, self.case.patient
        return patient if user.is_clinical and patient.user_id != user.pk else None

    def url(self, name: str, *parts: object) -> str:
        return reverse(f"intake:{name}", args=[self.case.reference, *parts])

    def step_url(self, section: Section, step: Step) -> str:
        return self.url("rows" if isinstance(step, Rows) else "page", section.key, step.slug)

    def go_on_url(self) -> str:
        """The first page with something to answer, or the check when nothing is left."""
        there = first_open(self.known)
        return self.step_url(*there) if there else self.url("check")

    def local(self, moment: Any) -> Any:
        """A stored moment as the clock on the wall of the home location showed it."""
        zone = ZoneInfo(self.case.patient.home_location.time_zone)
        return moment.astimezone(zone).replace(tzinfo=None) if moment else None

    def sections(self, here: Section | None = None) -> list[dict[str, Any]]:
        return [
            {"title": gettext(section.title), "state": state, "url": self.url("section", section.key)}
            for section, state in states(self.known, here)
        ]


def sit_down(request: Request, reference: str) -> Sitting:
    """Open the questionnaire of a case that this person may see; anything else is not found."""
    cases = Case.objects.visible_to(request.user).select_related("patient__home_location")
    case = get_object_or_404(cases, reference=reference)
    intake = get_object_or_404(Intake, case=case, kind=Intake.Kind.FULL)
    intake.case = case
    if request.method == "GET":
        record(by=request.actor, verb="intake.opened", patients=[case.patient_id], of=intake)
    answers = answers_of(intake, get_language() or "en")
    return Sitting(request, case, intake, answers, counted(answers))


@dataclass
class Place:
    """A page of the questionnaire, or the page of one entry of a list."""

    sitting: Sitting
    section: Section
    step: Step
    row: uuid.UUID | None = None

    @property
    def draft_key(self) -> str:
        return "/".join([self.section.key, self.step.slug, *([str(self.row)] if self.row else [])])

    @property
    def moment(self) -> str:
        """The moment of the way at which a page of the library is offered here, if any."""
        return moment_beside(self.section.key, self.step.slug)

    @property
    def answered_as(self) -> str:
        """What the answers of this place are filed under: the section, or the list of an entry."""
        return self.step.slug if self.row else self.section.key

    @property
    def known(self) -> Answers:
        if self.row is None:
            return self.sitting.known
        listed = self.sitting.known.rows.get(self.step.slug, {})
        return self.sitting.known.with_row(listed.get(str(self.row), {}))

    def kept_row(self) -> bool:
        """Whether this entry was kept at Continue before, so that something can be filed under it."""
        return str(self.row) in self.sitting.known.rows.get(self.step.slug, {})

    @property
    def from_check(self) -> bool:
        return FROM_CHECK in self.sitting.request.GET

    def elsewhere(self) -> HttpResponse | None:
        """A page that is not asked, by the other answers, has nothing to show: on to what is."""
        asked = any(step is self.step for _section, step in open_steps(self.sitting.known))
        return None if asked else redirect(self.sitting.go_on_url())

    def url(self, name: str) -> str:
        parts = [self.section.key, self.step.slug, *([self.row] if self.row else [])]
        return self.sitting.url(name, *parts) + (f"?{FROM_CHECK}" if self.from_check else "")

    def draft(self) -> Draft | None:
        return self.sitting.intake.drafts.filter(page=self.draft_key).first()

    def form(self, *, data: Any = None, typed: Mapping[str, list[str]] | None = None) -> PageForm:
        raw = dict(data.lists()) if data is not None else None
        return PageForm(self.step, self.known, data=raw, typed=typed)

    def typed(self, form: PageForm) -> Typed:
        posted = self.sitting.request.POST
        return Typed(self.draft_key, typed_from(form, posted), number(posted.get("revision")) or 0)

    def back_url(self) -> str:
        if self.from_check:
            return self.sitting.url("check")
        if self.row:
            return self.sitting.url("rows", self.section.key, self.step.slug)
        before, _after = neighbours(self.step, self.sitting.known)
        return self.sitting.step_url(*before) if before else self.sitting.url("overview")

    def next_url(self) -> str:
        """After Continue, by the answers as they stand now."""
        known = self.sitting.known
        if self.row:
            return self.sitting.url("rows", self.section.key, self.step.slug) + (
                f"?{FROM_CHECK}" if self.from_check else ""
            )
        if self.from_check:
            there = first_open(known)
            return f"{self.sitting.step_url(*there)}?{FROM_CHECK}" if there else self.sitting.url("check")
        _before, after = neighbours(self.step, known)
        return self.sitting.step_url(*after) if after else self.sitting.url("check")

    def progress(self) -> dict[str, Any]:
        shown = self.sitting.sections(self.section)
        return {
            "step": SECTIONS.index(self.section) + 1,
            "total": len(SECTIONS),
            "section_title": gettext(self.section.title),
            "minutes": minutes_left(self.sitting.known),
            "steps": [section["state"] for section in shown],
            "sections": shown,
            "later_url": self.sitting.url("overview"),
        }


def place_of(sitting: Sitting, section: str, slug: str, row: uuid.UUID | None = None) -> Place:
    """The page or entry that an address names; 404 where the questionnaire has no such."""
    step = find_step(section, slug)
    if step is None or isinstance(step, Page) is (row is not None):
        raise Http404
    return Place(sitting, BY_KEY[section], step, row)


def prefill(sitting: Sitting, step: Step) -> dict[str, list[str]]:
    """What the clinic knows of the person already, to be looked over and corrected."""
    patient = sitting.case.patient
    known: dict[str, list[str]] = {}
    for question in step.questions if isinstance(step, Page) else ():
        value = getattr(patient, question.column, None) if question.column else None
        if isinstance(value, bool):
            known[question.key] = ["yes" if value else "no"]
        elif isinstance(value, date):
            known[question.key] = [day_in_words(contract(value.isoformat()), gettext, sitting.language)]
        elif value:
            known[question.key] = [str(value)]
    return known
