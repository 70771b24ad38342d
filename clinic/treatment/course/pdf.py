"""The course of relief as a paper: the same sentence, picture and tables, in the reader's language."""

from dataclasses import replace

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from clinic.audit.clock import today
from clinic.paper.course import Course, Ruled, course
from clinic.paper.handout import Drawing
from clinic.paper.plain import plain
from clinic.paper.shapes import Party
from clinic.paper.words import Language
from clinic.people.models import Clinic
from clinic.record.models import Case

from .drawn import Picture
from .reading import sessions_of
from .shown import shown
from .table import Table
from .words import say_day


def pdf(case: Case, language: Language, *, to_patient: bool) -> bytes | None:
    """The course of one case as a tagged PDF in one language; None where there is nothing to show."""
    with override(language):
        found, clinic = shown(case, sessions_of(case), to_patient=to_patient), Clinic.current()
        if found is None:
            return None
        phone = (case.location.phone or clinic.phone)[:30]
        return course(
            Course(
                letterhead=Party(clinic.name, phone=phone),
                title=_("Relief over time"),
                about=_about(case),
                lead=found.lead,
                drawing=Drawing(_svg(found.wide, found.lead), found.lead),
                proportion=found.wide.height / found.wide.width,
                summary=_ruled(found.summary),
                notes=found.notes,
                tables=[_ruled(table) for table in found.tables],
                code=case.reference,
                language=language,
            )
        )


def _about(case: Case) -> str:
    patient = case.patient
    born = _("born on %(day)s") % {"day": say_day(patient.birth_date)} if patient.birth_date else ""
    until = _("as of %(day)s") % {"day": say_day(today(case.location.time_zone))}
    return " · ".join(part for part in (str(patient), born, until) if part)


def _svg(picture: Picture, alt: str) -> str:
    """The picture as it stands on the page, with names that somebody typed made printable."""
    bars = tuple(replace(bar, label=plain(bar.label)) for bar in picture.bars)
    said = {"drawing": replace(picture, bars=bars), "id": "relief", "alt": alt}
    return render_to_string("course/_drawing.html", said).strip()


def _ruled(table: Table) -> Ruled:
    return Ruled(table.caption, table.head, table.rows)
