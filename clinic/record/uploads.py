"""Files that somebody sends: judged by their content, never by their name, and kept outside the web root.

Taken are PDF, JPEG, PNG and WebP up to `settings.UPLOAD_LIMIT` bytes. What is judged: a picture must open as one of
these three formats, be no larger than Pillow's limit against decompression bombs, and decode to its end (a PNG's
checksums are checked instead); a PDF as `pdf.py` says. What the browser says about the type is not asked.
"""

import hashlib
import os
import secrets
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.utils.translation import gettext
from PIL import Image, UnidentifiedImageError

from clinic.audit.actions import Refused

from . import pdf
from .models import Document

ENDINGS = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp"}
PICTURES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
ACCEPT = ",".join([*ENDINGS, *ENDINGS.values(), ".jpeg"])  # leaves phones the choice of camera or file
FOLDER = "uploads"
CHUNK = 256 * 1024
MEGABYTE = 1024 * 1024


@dataclass
class CheckedUpload:
    """A file that was judged and lies at `path` under `settings.MEDIA_ROOT`, readable by this service alone."""

    name: str
    content_type: str
    size: int
    sha256: str
    path: str


class LimitedUploadHandler(FileUploadHandler):
    """Stops writing a file down once it is too large; the rest of the form still arrives."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data if start <= settings.UPLOAD_LIMIT else None

    def file_complete(self, _file_size: int) -> None:
        """Leave the file to the handlers after this one."""


def check(file: "UploadedFile[Any]") -> CheckedUpload:
    """Judge a file and keep it under a name that says nothing.

    Raises:
        Refused: it is empty, too large, damaged, or of another kind; the sentence is for the person who sent it.
    """
    if not file.size:
        raise Refused(gettext("This file is empty. Please choose it again, or take a photo of the paper."))
    if file.size > settings.UPLOAD_LIMIT:
        limit = settings.UPLOAD_LIMIT // MEGABYTE
        raise Refused(gettext("This file is too large. We can take up to %(limit)s MB.") % {"limit": limit})
    content_type = _judged(file)
    sha256, path = keep(_chunks(file))
    return CheckedUpload(_named(file.name or "", content_type), content_type, file.size, sha256, path)


def discard(path: str) -> None:
    """Remove a kept file that no document tells of."""
    place_of(path).unlink(missing_ok=True)


def contents(document: Document) -> IO[bytes]:
    """The file of a document, opened for reading. Raises FileNotFoundError when it is not in its place."""
    return place_of(document.path).open("rb")


def place_of(path: str) -> Path:
    """Where a kept file lies."""
    return Path(settings.MEDIA_ROOT) / path


def _judged(file: "UploadedFile[Any]") -> str:
    head = _bytes(file, pdf.HEADER_WITHIN)
    return _judged_pdf(file) if pdf.HEADER.search(head) else _judged_picture(file)


def _judged_pdf(file: "UploadedFile[Any]") -> str:
    content = _bytes(file)
    if not pdf.is_whole(content):
        raise Refused(_damaged())
    if pdf.carries_a_program(content):
        raise Refused(
            gettext("This PDF has a program or another file in it. Please take a photo of the pages instead.")
        )
    return "application/pdf"


def _judged_picture(file: "UploadedFile[Any]") -> str:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _decoded(file)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise Refused(gettext("This picture has too many dots. Please take it again at a smaller size.")) from None
    except UnidentifiedImageError:
        words = gettext("We cannot open this kind of file. Please send a PDF, or a photo as JPEG, PNG or WebP.")
        raise Refused(words) from None
    except (OSError, SyntaxError, ValueError):
        raise Refused(_damaged()) from None


def _decoded(file: "UploadedFile[Any]") -> str:
    file.seek(0)
    with Image.open(file, formats=list(PICTURES)) as picture:
        kind = picture.format or ""
        if kind == "PNG":
            picture.verify()
        else:
            picture.draft("RGB", (64, 64))  # a JPEG is read to its end at an eighth of its size
            picture.load()
    return PICTURES[kind]


def _damaged() -> str:
    return gettext("This file is damaged or not complete. Please send it again, or take a photo of the paper.")


def _bytes(file: "UploadedFile[Any]", size: int = -1) -> bytes:
    file.seek(0)
    content: Any = file.read(size)
    return bytes(content)


def keep(chunks: Iterable[bytes]) -> tuple[str, str]:
    """Write a file down, unjudged, under a random name; its SHA-256 and its path under MEDIA_ROOT."""
    name = secrets.token_hex(16)
    path = str(PurePosixPath(FOLDER, name[:2], name))
    place = place_of(path)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        return _written(place, chunks), path
    except BaseException:
        discard(path)
        raise


def _written(place: Path, chunks: Iterable[bytes]) -> str:
    """Write down and bring to the disk; the SHA-256 of it all."""
    digest = hashlib.sha256()
    with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as kept:
        for chunk in chunks:
            digest.update(chunk)
            kept.write(chunk)
        kept.flush()
        os.fsync(kept.fileno())
    return digest.hexdigest()


def _chunks(file: "UploadedFile[Any]") -> Iterator[bytes]:
    file.seek(0)
    yield from file.chunks(CHUNK)


def _named(name: str, content_type: str) -> str:
    """The sender's name for it, without folders and control characters, with the ending that its content has."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    stem = "".join(letter for letter in last.rsplit(".", 1)[0] if letter.isprintable()).strip()
    ending = ENDINGS[content_type]
    return (stem[: 200 - len(ending)] or "document") + ending
