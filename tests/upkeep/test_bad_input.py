"""What editors paste, upload and do to each other: nothing of it reaches a patient, and nothing is lost in silence."""

import io
import json
import struct
import uuid
import zlib
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image as Picture
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Page
from wagtail.rich_text import RichText

from clinic.people.models import Role
from education.library.models import LibraryPage
from education.upkeep.needs import Library
from tests.factories import a_user
from tests.finding.shelf import a_page
from tests.upkeep.conftest import client_of
from tests.upkeep.shelf import a_statement, approved, asked, form

WORD = (
    '<p class="MsoNormal" style="mso-margin-top-alt:auto"><span style="font-family:Calibri">Pasted <b>from</b> Word'
    "<o:p></o:p></span></p><!--[if gte mso 9]><xml><w:WordDocument></w:WordDocument></xml><![endif]-->"
)


def edited(client, page, **said):
    """The draft that comes of sending the editor's form."""
    answer = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form(page, **said))
    assert answer.status_code == 302, answer.context["form"].errors
    draft = LibraryPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    return draft, draft.body[0].value["text"].source


def test_markup_pasted_from_word_leaves_its_words_alone(hurts, writes):
    _draft, source = edited(writes, hurts, text=WORD)
    assert "Pasted" in source
    assert "from" in source
    for left in ("Mso", "style", "span", "o:p", "xml", "<!--"):
        assert left not in source


def a_crafted_text(words: str, **entity: Any) -> str:
    """What the editor's script would send, with words and an entity that it would not."""
    ranges = [{"key": 0, "offset": 0, "length": len(words)}] if entity else []
    block = {"key": "aaaaa", "type": "unstyled", "depth": 0, "text": words, "inlineStyleRanges": []}
    entities = {"0": {"mutability": "MUTABLE", **entity}} if entity else {}
    return json.dumps({"blocks": [block | {"entityRanges": ranges}], "entityMap": entities})


@pytest.mark.parametrize(
    "crafted",
    [
        a_crafted_text("Read <script>alert(1)</script> on."),
        a_crafted_text('Read <img src=x onerror="alert(1)"> on.'),
        a_crafted_text("Read on.", type="LINK", data={"url": "javascript:alert(1)"}),
        a_crafted_text("Read on.", type="LINK", data={"url": '"><script>alert(1)</script>'}),
        a_crafted_text("Read on.", type="EMBED", data={"url": "https://example.org/frame", "embedType": "video"}),
        a_crafted_text("Read on.", type="IMAGE", data={"id": "1", "src": "javascript:alert(1)", "format": "left"}),
    ],
)
def test_a_script_in_a_crafted_rich_text_reaches_nobody(hurts, editor, writes, reads, crafted):
    sent = form(hurts) | {"body-0-value-text": crafted}
    assert writes.post(reverse("wagtailadmin_pages:edit", args=[hurts.pk]), sent).status_code == 302
    page = LibraryPage.objects.get(pk=hurts.pk)
    page.get_workflow().start(page, editor)
    assert approved(reads, page).status_code == 302
    shown = writes.get(LibraryPage.objects.get(pk=hurts.pk).url).content.decode()
    for bad in ("<script>alert", "<img src=x", 'href="javascript:', 'src="javascript:', "<iframe", "<embed"):
        assert bad not in shown


@pytest.mark.parametrize("sent", ['"><script>alert(1)</script>', "x" * 200, "", "3b4f7f5e-1f6f-4d6e-8a9e-000000000001"])
def test_a_block_has_an_id_such_as_ours_whatever_the_form_sends(hurts, writes, sent):
    answer = writes.post(reverse("wagtailadmin_pages:edit", args=[hurts.pk]), form(hurts) | {"body-0-id": sent})
    assert answer.status_code == 302
    kept = LibraryPage.objects.get(pk=hurts.pk).get_latest_revision_as_object().body[0].id
    assert str(uuid.UUID(kept)) == kept
    assert (kept == sent) is (len(sent) == 36)


def a_png_that_says(width: int, height: int) -> bytes:
    """The head of a picture: how large it would be is known before a single point of it is read."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    points = chunk(b"IDAT", zlib.compress(b"\0" * (width + 1)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + points + chunk(b"IEND", b"")


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("forty.png", a_png_that_says(8000, 5000), "too many pixels"),
        ("drawing.svg", SVG, "Not a supported image format"),
        ("drawing.png", SVG, "Not a valid .png image"),
    ],
)
def test_a_picture_that_is_too_large_or_may_carry_a_script_is_refused(writes, name, content, why):
    sent = {"title": "A picture", "file": SimpleUploadedFile(name, content), "collection": "1"}
    answer = writes.post(reverse("wagtailimages:add"), sent)
    assert not Image.objects.exists()
    assert why.lower() in answer.content.decode().lower()


def test_a_broken_picture_is_refused_in_words(writes):
    sent = {"title": "A picture", "file": SimpleUploadedFile("cut.png", b"\x89PNG\r\n\x1a\n")}
    answer = writes.post(reverse("wagtailimages:add"), sent, follow=True)
    assert "This picture is broken" in answer.content.decode()
    assert not Image.objects.exists()


def test_a_picture_of_a_usual_size_is_taken(writes):
    data = io.BytesIO()
    Picture.new("RGB", (640, 480)).save(data, "JPEG")
    sent = {"title": "A picture", "file": SimpleUploadedFile("a.jpg", data.getvalue()), "description": "Grey"}
    writes.post(reverse("wagtailimages:add"), sent)
    assert Image.objects.count() == 1


def a_jpeg(name: str, colour: str) -> SimpleUploadedFile:
    data = io.BytesIO()
    Picture.new("RGB", (64, 48), colour).save(data, "JPEG")
    return SimpleUploadedFile(name, data.getvalue())


def stands(page: LibraryPage, kind: str, **said: Any) -> LibraryPage:
    """A page as published, with one more block."""
    page.body = [(kind, {"heading": "Seen", "sources": [], **said})]
    page.save_revision().publish()
    return page


def test_a_picture_that_readers_see_is_neither_exchanged_nor_deleted(hurts, writes):
    picture = Image.objects.create(title="A room", file=a_jpeg("a.jpg", "red"))
    stands(hurts, "picture", picture=picture, description="A room.", caption="")
    sent = {"title": "Another", "file": a_jpeg("b.jpg", "blue"), "description": ""}
    said = writes.post(reverse("wagtailimages:edit", args=[picture.pk]), sent).content.decode()
    assert "A published page shows it" in said
    writes.post(reverse("wagtailimages:delete", args=[picture.pk]))
    writes.post(f"/cms/bulk/wagtailimages/image/delete/?id={picture.pk}")
    assert Image.objects.get(pk=picture.pk).file.name == picture.file.name
    hurts.unpublish()
    assert writes.post(reverse("wagtailimages:edit", args=[picture.pk]), {**sent, "file": a_jpeg("c.jpg", "blue")})
    assert Image.objects.get(pk=picture.pk).title == "Another"
    writes.post(reverse("wagtailimages:delete", args=[picture.pk]))
    assert not Image.objects.exists()


def test_a_film_that_readers_see_is_neither_exchanged_nor_deleted(hurts, writes):
    film, captions = (
        Document.objects.create(title=name, file=ContentFile(b"first", name=name)) for name in ("a.mp4", "a.vtt")
    )
    stands(hurts, "video", video=film, captions=captions, transcript=RichText("<p>Hello.</p>"))
    for seen in (film, captions):
        sent = {"title": "Another", "file": SimpleUploadedFile(seen.filename, b"second")}
        said = writes.post(reverse("wagtaildocs:edit", args=[seen.pk]), sent).content.decode()
        assert "A published page shows it" in said
        writes.post(reverse("wagtaildocs:delete", args=[seen.pk]))
        assert Document.objects.get(pk=seen.pk).file.read() == b"first"


def test_a_link_to_a_page_that_was_taken_back_is_found(hurts, writes):
    link = f'<a linktype="page" id="{hurts.pk}">does it hurt</a>'
    a_page("Where do I begin?", a_statement(f"Read: {link}."))
    assert "links" not in {need.key for need in Library().needs() if need.rows}
    writes.post(reverse("wagtailadmin_pages:unpublish", args=[hurts.pk]))
    (row,) = next(need.rows for need in Library().needs() if need.key == "links")
    assert (row.page.title, row.why) == ("Where do I begin?", "It links to Does it hurt?.")


def test_two_editors_at_once_keep_the_words_of_both(hurts, writes):
    other = client_of(a_user(Role.EDITOR))
    edited(writes, hurts, answer="As the first one wrote it.")
    edited(other, hurts, answer="As the second one wrote it.")
    said = [revision.content["answer"] for revision in hurts.revisions.order_by("pk")]
    assert said == ["A little.", "As the first one wrote it.", "As the second one wrote it."]


def test_what_is_typed_on_over_another_s_version_is_refused_and_said(hurts, writes):
    other = client_of(a_user(Role.EDITOR))
    loaded = hurts.latest_revision
    edited(other, hurts, answer="Saved meanwhile.")
    sent = form(hurts, answer="Typed on.", loaded_revision_id=str(loaded.pk))
    sent["loaded_revision_created_at"] = loaded.created_at.isoformat()
    address = reverse("wagtailadmin_pages:edit", args=[hurts.pk])
    answer = writes.post(address, sent, headers={"Accept": "application/json"})
    assert answer.status_code == 400
    assert answer.json()["error_code"] == "invalid_revision"
    assert LibraryPage.objects.get(pk=hurts.pk).get_latest_revision().content["answer"] == "Saved meanwhile."


def test_an_editor_changes_nothing_that_waits_for_a_clinician(hurts, editor, writes):
    page = asked(hurts, editor, answer="As sent.")
    writes.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form(page, answer="Slipped in."))
    assert LibraryPage.objects.get(pk=page.pk).get_latest_revision().content["answer"] == "As sent."


def test_a_page_that_was_taken_back_is_kept_and_comes_back_by_approval(hurts, editor, writes, reads):
    writes.post(reverse("wagtailadmin_pages:unpublish", args=[hurts.pk]))
    assert reads.get(hurts.url).status_code == 404
    page = asked(LibraryPage.objects.get(pk=hurts.pk), editor, answer="Back again.")
    assert approved(reads, page).status_code == 302
    assert Page.objects.get(pk=hurts.pk).live
    assert "Back again." in reads.get(hurts.url).content.decode()
