"""A page of the library for paper: its blocks as the nodes that clinic.paper sets."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from clinic.paper.handout import Drawing, Handout, Node, handout
from clinic.paper.shapes import Party
from clinic.people.models import Clinic

from . import rich
from .models import LibraryPage, Review
from .shown import cited

TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.DOTALL)
DESCRIPTION = re.compile(r"<desc[^>]*>(.*?)</desc>", re.DOTALL)


def pdf(page: LibraryPage) -> bytes:
    """The page as a tagged PDF in its own language, whichever the reader's is."""
    with translation.override(page.locale.language_code):
        clinic = Clinic.current()
        paper = _Paper(clinic)
        return handout(
            Handout(
                letterhead=Party(clinic.name, phone=clinic.phone[:30]),
                title=page.title,
                answer=page.answer,
                status=standing(page.review),
                address=page.full_url,
                nodes=[*paper.blocks(page), *_sources(page)],
                drawings=paper.drawings,
                language=page.locale.language_code,
            )
        )


def standing(review: Review | None) -> str:
    """Who stands behind a page, in a sentence."""
    if review is None:
        return _("Draft, awaiting review by your clinician")
    long = _("j F Y")
    days = {"by": review.by, "on": date_format(localtime(review.at), long), "due": date_format(review.due, long)}
    return _("Reviewed by %(by)s on %(on)s. To be read again by %(due)s.") % days


class _Paper:
    """Turns blocks into nodes, and keeps the drawings on the way."""

    def __init__(self, clinic: Clinic) -> None:
        self.clinic, self.drawings = clinic, list[Drawing]()

    def blocks(self, page: LibraryPage) -> Iterator[Node]:
        for block in page.body:
            yield from getattr(self, f"_{block.block_type}")(block.value)

    def _text(self, said: Any) -> Iterator[Node]:
        yield _heading(said["heading"])
        yield from rich.nodes(str(said["text"]))

    _practical = _text

    def _steps(self, said: Any) -> Iterator[Node]:
        yield _heading(said["heading"])
        yield {"kind": "list", "ordered": True, "items": [_line(step) for step in said["steps"]]}

    def _warning(self, said: Any) -> Iterator[Node]:
        signs = {"kind": "list", "ordered": False, "items": [[(sign, "")] for sign in said["signs"]]}
        now = {"kind": "paragraph", "runs": [(_("What to do now"), "b")]}
        inside = [signs, now, *rich.nodes(str(said["act"]))]
        yield _heading(said["heading"])
        yield {"kind": "warning", "urgent": said["urgent"], "nodes": inside}

    def _should_not(self, said: Any) -> Iterator[Node]:
        yield _heading(said["heading"])
        yield {"kind": "pairs", "rows": [[person["who"], person["why"]] for person in said["people"]]}

    def _drawing(self, said: Any) -> Iterator[Node]:
        yield from self._drawn(said, said.file, {})

    def _hundred(self, said: Any) -> Iterator[Node]:
        yield from self._drawn(said, "library/drawings/hundred.svg", {"groups": said["groups"]})

    def _drawn(self, said: Any, template: str, context: dict[str, Any]) -> Iterator[Node]:
        svg = render_to_string(template, context)
        self.drawings.append(Drawing(svg.strip(), alt_of(svg)))
        yield _heading(said["heading"])
        yield {"kind": "drawing", "number": len(self.drawings) - 1}
        yield from _paragraph(said["caption"])

    def _picture(self, said: Any) -> Iterator[Node]:
        """A picture in its words: photographs of a needle print badly, and frighten on the kitchen table."""
        yield _heading(said["heading"])
        yield from _paragraph(said["description"])
        yield from _paragraph(said["caption"])

    def _table(self, said: Any) -> Iterator[Node]:
        yield _heading(said["heading"])
        rows = [list(row["cells"]) for row in said["rows"]]
        yield {"kind": "table", "columns": list(said["columns"]), "rows": rows}

    def _myth(self, said: Any) -> Iterator[Node]:
        yield _heading(_("People say: “%(claim)s”") % {"claim": said["claim"]})
        yield from rich.nodes(str(said["fact"]))

    def _video(self, said: Any) -> Iterator[Node]:
        yield _heading(said["heading"])
        yield from rich.nodes(str(said["transcript"]))


def alt_of(svg: str) -> str:
    """What a drawing shows, in the words that it carries for whoever does not see it."""
    said = [found[1] for pattern in (TITLE, DESCRIPTION) if (found := pattern.search(svg))]
    return unescape(". ".join(said))


def _heading(text: str) -> Node:
    return {"kind": "heading", "text": text}


def _paragraph(text: str) -> Iterator[Node]:
    if text:
        yield {"kind": "paragraph", "runs": [(text, "")]}


def _line(text: Any) -> list[rich.Run]:
    """One step of a list as a single run of words, however many paragraphs it was written in."""
    return [run for node in rich.nodes(str(text)) for runs in node.get("items", [node.get("runs")]) for run in runs]


def _sources(page: LibraryPage) -> Iterator[Node]:
    yield _heading(_("Where this is from"))
    for source in cited(page.body):
        yield {"kind": "small", "text": f"{source.document}. {source.publisher}, {source.year}. {source.address}"}
