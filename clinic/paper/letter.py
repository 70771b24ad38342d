"""A letter on one page, always: it shrinks in steps, and what then does not fit is left out where everybody sees it."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from .plain import UNPRINTABLE, all_plain, plain
from .press import page_count, pressed
from .qr import svg
from .shapes import BESIDE_QR, Letter, Reply, Rows, Section, TooLong, grouped
from .words import WORDS

TEMPLATE = "letter.typ"
SIZES = (10.0, 9.5, 9.0, 8.5)  # points; nothing smaller survives a fax


@dataclass(frozen=True)
class Printed:
    """A letter as it came out: the PDF, the size of its type in points, and the headings that were cut."""

    content: bytes
    size: float
    shortened: tuple[str, ...]


def letter(of: Letter) -> bytes:
    """The letter as a tagged PDF of one page, in US Letter. Takes about 0.02 s, and 0.2 s where it must be cut."""
    return printed(of).content


def printed(of: Letter) -> Printed:
    """The letter with what became of it."""
    always = _always(of)
    for size in SIZES:
        if _fits(data := always | _sized(of, size)):
            return Printed(pressed(TEMPLATE, data), size, ())
    return _cut(of, always)


def _cut(of: Letter, always: Mapping[str, Any]) -> Printed:
    """The letter without as few pieces as it takes, searched by halves."""

    def data(without: int) -> dict[str, Any]:
        return {**always, **_sized(of, SIZES[-1], without)}

    too_few, enough = 0, sum(section.body.pieces() for section in of.sections if section.yields)
    if not _fits(data(enough)):
        raise TooLong("what may not be left out of this letter needs more than one page")
    while enough - too_few > 1:
        half = (too_few + enough) // 2
        too_few, enough = (too_few, half) if _fits(data(half)) else (half, enough)
    shortened = tuple(section.heading for section, cut in _shorter(of, enough) if cut)
    return Printed(pressed(TEMPLATE, data(enough)), SIZES[-1], shortened)


def _fits(data: Mapping[str, Any]) -> bool:
    return page_count(TEMPLATE, data) == 1


def _shorter(of: Letter, without: int) -> Iterator[tuple[Section, bool]]:
    """Each section with whether it was cut, when so many pieces are left out, those that yield most first."""
    losses = {}
    for place in sorted(range(len(of.sections)), key=lambda place: -of.sections[place].yields):
        section = of.sections[place]
        losses[place] = min(without, section.body.pieces()) if section.yields else 0
        without -= losses[place]
    for place, section in enumerate(of.sections):
        body = section.body.first(section.body.pieces() - losses[place]) if losses[place] else section.body
        yield replace(section, body=body), bool(losses[place])


def _always(of: Letter) -> dict[str, Any]:
    """What is printed whatever the size, each text made plain."""
    said = {
        "letterhead": asdict(of.letterhead),
        "to": asdict(of.to),
        "date": of.date,
        "title": of.title,
        "urgency": of.urgency,
        "patient": Rows(of.patient).data(),
        "warning": of.warning and asdict(of.warning),
        "sign_off": asdict(of.sign_off),
    }
    return {
        **all_plain(said),
        "language": of.language,
        "code": grouped(of.code),
        "words": WORDS[of.language],
        "reply": of.reply and _reply(of.reply),
    }


def _reply(reply: Reply) -> dict[str, Any]:
    # The link itself goes in as it is, for a reader to follow; only what is printed of it is made plain.
    return {
        **all_plain(asdict(reply)),
        "link": plain(reply.link, BESIDE_QR),
        "address": reply.link,
        "svg": svg(reply.link),
    }


def _sized(of: Letter, size: float, without: int = 0) -> dict[str, Any]:
    """What depends on how much room there is: the size, the sections, and the line that says what was left out."""
    shorter = list(_shorter(of, without))
    sections = all_plain(
        [
            {"heading": section.heading, **section.body.data(), "cut": cut}
            for section, cut in shorter
            if section.body.pieces()
        ]
    )
    cut = all_plain([section.heading for section, cut in shorter if cut])
    return {"size": size, "sections": sections, "ending": _ending(of, sections, cut)}


def _ending(of: Letter, sections: list[dict[str, Any]], cut: list[str]) -> str:
    """Whether the letter is whole, and what its empty boxes stand for."""
    words = WORDS[of.language]
    whole = words["shortened"].format(what="; ".join(cut)) if cut else words["whole"]
    has_boxes = UNPRINTABLE in str((sections, all_plain(asdict(replace(of, sections=())))))
    return f"{whole} {words['boxes'].format(box=UNPRINTABLE)}" if has_boxes else whole
