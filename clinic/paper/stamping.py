"""A stamp on a page, without reading what the page draws.

The old content stays as it is between q and Q, and the stamp is drawn over it as a form (ISO 32000-1, 8.10), in the
corner that is the upper right one when the page is looked at.
"""

from pypdf import PageObject, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    PdfObject,
)

STAMP = NameObject("/ClinicStamp")
LETTER_WIDTH = 612.0  # points; on a wider page the stamp is as much larger, for the fax shrinks both
MARGIN = 14.0  # what a fax machine may not print
# By the page's /Rotate (clockwise): which way a reader's right and up go in the page's own coordinates.
TURNS = {0: ((1, 0), (0, 1)), 90: ((0, 1), (-1, 0)), 180: ((-1, 0), (0, -1)), 270: ((0, -1), (1, 0))}


def put_on(page: PageObject, stamp: PageObject, joined: PdfWriter) -> None:
    """Draw a stamp, which is a small page, over a page of the joined document."""
    resources = DictionaryObject(page.get("/Resources", DictionaryObject()).get_object())
    forms = DictionaryObject(resources.get("/XObject", DictionaryObject()).get_object())
    forms[STAMP] = joined._add_object(_form(joined, stamp))
    resources[NameObject("/XObject")] = forms
    page[NameObject("/Resources")] = resources
    drawn = " ".join(f"{number:.4f}" for number in _matrix(page, stamp))
    page[NameObject("/Contents")] = ArrayObject(
        [_lines(joined, "q"), *_contents(page), _lines(joined, f"Q q {drawn} cm {STAMP} Do Q")]
    )


def _form(joined: PdfWriter, stamp: PageObject) -> DecodedStreamObject:
    form = DecodedStreamObject()
    contents = stamp.get_contents()
    form.set_data(b"" if contents is None else contents.get_data())
    form.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): ArrayObject(FloatObject(number) for number in stamp.mediabox),
            NameObject("/Resources"): stamp["/Resources"].clone(joined),
        }
    )
    return form


def _contents(page: PageObject) -> list[PdfObject]:
    """The streams that draw a page, as references."""
    if "/Contents" not in page:
        return []
    contents = page["/Contents"]
    return list(contents) if isinstance(contents, ArrayObject) else [page.raw_get("/Contents")]


def _lines(joined: PdfWriter, drawn: str) -> PdfObject:
    stream = DecodedStreamObject()
    stream.set_data(f"\n{drawn}\n".encode())
    return joined._add_object(stream)


def _matrix(page: PageObject, stamp: PageObject) -> tuple[float, ...]:
    """Where the stamp goes and how it is turned and scaled: the six numbers of cm."""
    right, up = TURNS.get(page.rotation % 360, TURNS[0])
    box = page.cropbox
    width = float(box.width if right[0] else box.height)
    scale = max(1.0, width / LETTER_WIDTH)
    corner = (
        float(box.right if right[0] + up[0] > 0 else box.left),
        float(box.top if right[1] + up[1] > 0 else box.bottom),
    )
    across, high = (MARGIN + float(side) * scale for side in (stamp.mediabox.width, stamp.mediabox.height))
    place = [corner[axis] - across * right[axis] - high * up[axis] for axis in (0, 1)]
    return (*(scale * part for part in (*right, *up)), *place)
