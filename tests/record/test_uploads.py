"""Files that somebody sends: what is taken, what is refused and in which words, and where they lie."""

import io
import stat
import zlib
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from PIL import Image

from clinic.audit.actions import Refused
from clinic.record import pdf, uploads

PDF = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\nxref\n0 1\ntrailer\n<</Root 1 0 R>>\nstartxref\n42\n%%EOF\n"


@pytest.fixture(autouse=True)
def media(settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def picture(kind: str, size: tuple[int, int] = (40, 30)) -> bytes:
    content = io.BytesIO()
    Image.effect_noise(size, 80).convert("RGB").save(content, kind)
    return content.getvalue()


def pdf_with(objects: bytes) -> bytes:
    return PDF.replace(b"xref\n0 1", objects + b"\nxref\n0 1", 1)


def object_stream(objects: bytes) -> bytes:
    packed = zlib.compress(objects)
    return b"9 0 obj\n<</Type/ObjStm/N 1/Filter/FlateDecode>>\nstream\n" + packed + b"\nendstream\nendobj"


def check(content: bytes, name: str = "record.bin") -> uploads.CheckedUpload:
    return uploads.check(SimpleUploadedFile(name, content, "text/html"))


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (PDF, "application/pdf"),
        (picture("JPEG"), "image/jpeg"),
        (picture("PNG"), "image/png"),
        (picture("WEBP"), "image/webp"),
    ],
)
def test_the_content_says_what_it_is_and_the_name_does_not(content: bytes, content_type: str) -> None:
    found = check(content, "notes.exe")
    assert found.content_type == content_type
    assert found.name == "notes" + uploads.ENDINGS[content_type]


def test_a_kept_file_has_a_random_name_and_one_reader(media: Path) -> None:
    first, second = check(PDF, "../../etc/passwd"), check(PDF, "C:\\scans\\mri.pdf")
    place = media / first.path
    assert place.read_bytes() == PDF
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert "passwd" not in first.path
    assert first.path != second.path
    assert (first.sha256, first.name, second.name) == (second.sha256, "passwd.pdf", "mri.pdf")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"<html>%PDF", "cannot open this kind"),
        (b"MZ\x90\x00 a program", "cannot open this kind"),
        (b"GIF89a" + b"\0" * 40, "cannot open this kind"),
        (PDF[:60], "damaged"),
        (picture("JPEG", (400, 300))[:9000], "damaged"),
        (picture("PNG", (400, 300))[:9000], "damaged"),
        (picture("WEBP", (400, 300))[:9000], "damaged"),
        (pdf_with(b"2 0 obj\n<</S/JavaScript/JS(app.alert)>>\nendobj"), "program"),
        (pdf_with(b"2 0 obj\n<</S/J#61vaScript>>\nendobj"), "program"),
        (pdf_with(object_stream(b"<</S/Launch/F(cmd.exe)>>")), "program"),
    ],
)
def test_what_cannot_be_taken_is_refused_in_plain_words(media: Path, content: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words):
        check(content)
    assert not [path for path in media.rglob("*") if path.is_file()]


def test_a_picture_with_too_many_dots_is_refused(monkeypatch) -> None:
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 100)
    with pytest.raises(Refused, match="too many dots"):
        check(picture("PNG", (20, 8)))
    with pytest.raises(Refused, match="too many dots"):
        check(picture("PNG", (20, 20)))


def test_bytes_of_a_drawing_are_no_program() -> None:
    drawing = b"2 0 obj\n<</Length 9>>\nstream\n /JS /Launch \nendstream\nendobj"
    assert not pdf.carries_a_program(pdf_with(drawing))


def test_objects_that_unpack_without_end_are_no_document(monkeypatch) -> None:
    monkeypatch.setattr(pdf, "UNPACKED_LIMIT", 1000)
    assert pdf.carries_a_program(pdf_with(object_stream(b" " * 5000)))


def test_a_file_that_is_too_large_is_not_written_down_to_its_end(settings, rf) -> None:
    settings.UPLOAD_LIMIT = 100_000
    request: HttpRequest = rf.post("/x", {"note": "kept", "file": SimpleUploadedFile("a.pdf", PDF + b"\0" * 900_000)})
    sent = request.FILES["file"]
    assert request.POST["note"] == "kept"
    assert 100_000 < sent.size < 300_000
    with pytest.raises(Refused, match="too large"):
        uploads.check(sent)
