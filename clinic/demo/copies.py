"""Copies of records, as a patient would send them: a one-page PDF, and a picture of a paper."""

from io import BytesIO

from PIL import Image, ImageDraw


def copy_of(name: str, title: str) -> bytes:
    """A small valid file that says that it is made up; a PDF or a PNG by the ending of its name."""
    lines = [title, "Made up for the demo of the clinic."]
    return _pdf(lines) if name.endswith(".pdf") else _png(lines)


def _png(lines: list[str]) -> bytes:
    picture = Image.new("L", (480, 320), 255)
    pen = ImageDraw.Draw(picture)
    for number, line in enumerate(lines):
        pen.text((24, 24 + 28 * number), line, fill=0)
    kept = BytesIO()
    picture.save(kept, "PNG")
    return kept.getvalue()


def _pdf(lines: list[str]) -> bytes:
    """One page with these lines (ISO 32000-1, 7.5): objects, then where each begins, then the end mark."""
    shown = " T* ".join(f"({line}) Tj" for line in lines).encode("ascii")
    drawing = b"BT /F1 14 Tf 18 TL 72 720 Td " + shown + b" ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    content, begins = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        begins.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in begins)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(objects) + 1)
    return content + head + table + trailer + b"startxref\n%d\n%%%%EOF\n" % len(content)
