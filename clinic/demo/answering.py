"""How the people of the stories answer: each page through the form that hears it, and the action that keeps it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override

from clinic.audit import clock
from clinic.audit.actor import Actor
from clinic.intake.actions import filling_in, following, starting
from clinic.intake.actions.filling_in import Typed
from clinic.intake.forms.filling_in import PageForm, typed_from
from clinic.intake.forms.following import AdditionForms, ChangeForm
from clinic.intake.models import Intake
from clinic.intake.questions import SECTIONS, STEPS, sheet
from clinic.intake.questions.asked import Answers, Given, Reply, counted, is_asked
from clinic.intake.questions.health import THINNERS
from clinic.intake.questions.shape import Page, Rows, Section, Step
from clinic.intake.reading import answers_of, answers_of_case
from clinic.record import actions as on_record
from clinic.record.models import SaidBy

from .copies import copy_of
from .ordinary import answers_of_person
from .shape import Answered, ChangeReported, Filed, FilledIn, LeftTyped, Said, Sealed
from .stage import Play, Plays, Stage, Untrue
from .typing_in import posted

SECTION_TAKES = timedelta(minutes=3)


def _filled_in(scene: FilledIn, stage: Stage) -> None:
    by = stage.worker(scene.by) if scene.by else stage.own()
    stage.intake = starting.start(patient=stage.patient, language=stage.story.person.language, by=by)
    began, sitting = clock.now(), Sitting(stage, by, _given(stage), scene.until)
    for number, section in enumerate(SECTIONS):
        with clock.at(began + number * SECTION_TAKES):
            if sitting.fill(section):
                return


def _given(stage: Stage) -> Answers:
    intake = Intake.objects.select_related("case__patient__home_location").get(pk=stage.intake.pk)
    return answers_of(intake, stage.story.person.language)


@dataclass
class Sitting:
    """One person at the questionnaire; `given` is what they have answered so far.

    One that ends at the page `until` is kept page by page, so that its drafts are there when somebody goes on. The
    drafts of a finished one are read by nobody, and the demo has to load in seconds: it is kept section by section.
    """

    stage: Stage
    by: Actor
    given: Answers
    until: str
    heard: list[Reply] = field(default_factory=list)
    last: Typed | None = None

    def fill(self, section: Section) -> bool:
        """Fill in one section as far as it is asked; returns whether this was the end."""
        for step in section.steps:
            if isinstance(step, Page):
                self._page(section, step)
            else:
                self._rows(section, step)
            if step.slug == self.until:
                return self._keep(section) or True
        return self._keep(section)

    def _page(self, section: Section, page: Page) -> None:
        form, self.last = self._form(section, page, answers_of_person(self.stage.story).said)
        replies = form.replies() if form.fields else []
        self.given = self.given.with_row({reply.question: Given(reply.value, form.known.language) for reply in replies})
        self.heard += replies
        if self.until:
            self._keep(section)

    def _keep(self, section: Section) -> bool:
        """Keep what was heard; returns whether the intake is stopped."""
        heard, self.heard = self.heard, []
        return self._send(section.key, self.last, heard) if heard and self.last else False

    def _send(self, section: str, typed: Typed, replies: Sequence[Reply], row: uuid.UUID | None = None) -> bool:
        return filling_in.keep(
            intake=self.stage.intake,
            typed=typed,
            replies=replies,
            language=self.given.language,
            by=self.by,
            section=section,
            row=row,
        )

    def _rows(self, section: Section, rows: Rows) -> None:
        told = answers_of_person(self.stage.story).lists.get(rows.slug, ())
        if not told or not is_asked(rows, counted(self.given)):
            return
        self._keep(section)
        for said in told:
            key = uuid.uuid4()
            self.stage.entries.setdefault(rows.slug, []).append(key)
            form, typed = self._form(section, rows, said, key)
            self._send(rows.slug, typed, form.replies(), key)

    def _form(self, section: Section, step: Step, said: Said, row: uuid.UUID | None = None) -> tuple[PageForm, Typed]:
        form, typed = page_of(section, step, said, counted(self.given), row)
        return self.stage.heard(form, typed.page), typed


def page_of(
    section: Section, step: Step, said: Said, known: Answers, row: uuid.UUID | None = None
) -> tuple[PageForm, Typed]:
    """The page as its form hears it, and the draft that the same words make."""
    questions = step.all_questions if isinstance(step, Rows) else step.questions
    data = posted(questions, said, known.today, known.language)
    form = PageForm(step, known, data=dict(data.lists()))
    page = "/".join([section.key, step.slug, *([str(row)] if row else [])])
    return form, Typed(page, typed_from(form, data), 0)


def _left_typed(scene: LeftTyped, stage: Stage) -> None:
    section, step = next(pair for pair in STEPS if (pair[0].key, pair[1].slug) == (scene.section, scene.page))
    _form, typed = page_of(section, step, scene.said, counted(_given(stage)))
    filling_in.save_draft(intake=stage.intake, typed=typed, by=stage.own())


def _sealed(scene: Sealed, stage: Stage) -> None:
    language = stage.story.person.language
    intake = Intake.objects.select_related("case__patient__home_location").get(pk=stage.intake.pk)
    filling_in.seal(
        intake=intake,
        signature=scene.signature,
        fingerprint=sheet.fingerprint(filling_in.sheet_of(intake, language)),
        language=language,
        by=stage.worker(scene.by) if scene.by else stage.own(),
    )


def _filed(scene: Filed, stage: Stage) -> None:
    content = copy_of(scene.name, scene.title)
    key = stage.entries["therapies"][scene.entry - 1]
    file = SimpleUploadedFile(scene.name, content)
    on_record.attach(case=stage.case, files=[file], said_by=SaidBy.PATIENT, by=stage.own(), therapy_key=key)


def _answered(scene: Answered, stage: Stage) -> None:
    case, language = stage.case, stage.story.person.language
    addition = case.intakes.get(kind=Intake.Kind.ADDITION, sealed_at=None)
    known = counted(answers_of_case(case, language))
    data: dict[str, list[str]] = {}
    for part in AdditionForms(addition, known).parts:
        data |= dict(posted(part.wanted.questions, scene.said, known.today, language, part.form.prefix or "").lists())
    forms = AdditionForms(addition, known, data)
    if not forms.is_valid():
        raise Untrue(f"{stage.story.person.name}, what was asked besides: {[part.form.errors for part in forms.parts]}")
    following.answer(addition=addition, said=forms.said(), language=language, by=stage.own())


def _change_reported(scene: ChangeReported, stage: Stage) -> None:
    case, language = stage.case, stage.story.person.language
    known = answers_of_case(case, language)
    data = posted(THINNERS.questions, scene.said, known.today, language)
    for name in ("what", "signs", "words"):
        typed = scene.said.get(name, ())
        data.setlist(name, list(typed) if isinstance(typed, tuple) else [str(typed)])
    sent_as = uuid.uuid4()
    data["sent_as"] = str(sent_as)
    form = stage.heard(ChangeForm(known, data), "something changed")
    said, change = form.said(), form.change()
    following.report_change(case=case, said=said, change=change, sent_as=sent_as, language=language, by=stage.own())


def _in_their_language(play: Play) -> Play:
    """The words of the questionnaire are shown and heard in the person's language."""

    def played(scene: Any, stage: Stage) -> None:
        with override(stage.story.person.language):
            play(scene, stage)

    return played


PLAYS: Plays = {
    FilledIn: _in_their_language(_filled_in),
    LeftTyped: _in_their_language(_left_typed),
    Sealed: _in_their_language(_sealed),
    Filed: _in_their_language(_filed),
    Answered: _in_their_language(_answered),
    ChangeReported: _in_their_language(_change_reported),
}
