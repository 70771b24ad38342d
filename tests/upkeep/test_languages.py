"""The Spanish comes after the English by its own approval; where it falls behind, somebody is told."""

import pytest
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import TranslationSource

from clinic.people.models import Role
from education.library.models import LibraryPage
from education.upkeep.models import Translated
from education.upkeep.needs import Library
from tests.factories import a_user
from tests.upkeep.conftest import client_of
from tests.upkeep.shelf import approved, asked, translated


@pytest.fixture
def spanish(hurts, writes, reads) -> LibraryPage:
    """The page in Spanish, translated and approved."""
    writes.post(reverse("upkeep:translate", args=[hurts.pk]))
    translated(hurts)
    page = other_of(hurts)
    assert not page.live
    writes.post(reverse("upkeep:ask_for_approval", args=[page.pk]))
    assert approved(reads, other_of(hurts)).status_code == 302
    return other_of(hurts)


def other_of(page: LibraryPage) -> LibraryPage:
    return LibraryPage.objects.get(translation_key=page.translation_key, locale__language_code="es")


def needs(key: str) -> list[tuple[str, str]]:
    return [(row.page.title, row.why) for need in Library().needs() if need.key == key for row in need.rows]


def test_translate_and_approve_publishes_the_spanish(hurts, spanish):
    assert (spanish.live, spanish.title, spanish.answer) == (True, "es Does it hurt?", "es A little.")
    assert spanish.review is not None
    assert needs("spanish") == needs("numbers") == []


def test_a_sentence_that_is_not_translated_is_no_approval(hurts, writes):
    writes.post(reverse("upkeep:translate", args=[hurts.pk]))
    page = other_of(hurts)
    said = writes.post(reverse("upkeep:ask_for_approval", args=[page.pk]), follow=True).content.decode()
    assert "not translated yet" in said
    assert not Translated.objects.exists()
    assert not page.workflow_in_progress


def test_a_change_of_the_english_is_flagged_until_the_spanish_says_it(hurts, spanish, editor, writes, reads):
    approved(reads, asked(LibraryPage.objects.get(pk=hurts.pk), editor, answer="A little, for 5 minutes."))
    assert [title for title, _why in needs("spanish")] == ["es Does it hurt?"]
    assert "only in English: 5" in needs("numbers")[0][1]
    writes.post(reverse("upkeep:translate", args=[hurts.pk]))
    translated(hurts, answer="Un poco, por 5 minutos.")
    assert other_of(hurts).answer == "es A little."  # what is live waits for its approval
    writes.post(reverse("upkeep:ask_for_approval", args=[spanish.pk]))
    assert [title for title, _why in needs("spanish")] == ["es Does it hurt?"]
    assert other_of(hurts).answer == "es A little."
    assert approved(client_of(a_user(Role.DOCTOR)), other_of(hurts)).status_code == 302
    assert other_of(hurts).answer == "Un poco, por 5 minutos."
    assert needs("spanish") == needs("numbers") == []


def test_still_fits_takes_the_flag_away(hurts, spanish, editor, writes, reads):
    approved(reads, asked(LibraryPage.objects.get(pk=hurts.pk), editor, answer="A little bit."))
    assert needs("spanish")
    assert "The Spanish needs no change" in writes.get(reverse("upkeep:review", args=[spanish.pk])).content.decode()
    writes.post(reverse("upkeep:still_fits", args=[spanish.pk]))
    assert not needs("spanish")
    approved(reads, asked(LibraryPage.objects.get(pk=hurts.pk), editor, answer="Only a little bit."))
    assert needs("spanish")


def test_an_english_that_changed_meanwhile_is_taken_over_first(hurts, spanish, editor, writes, reads):
    approved(reads, asked(LibraryPage.objects.get(pk=hurts.pk), editor, answer="Changed."))
    address = reverse("upkeep:ask_for_approval", args=[spanish.pk])
    assert "Take its changes over first" in writes.post(address, follow=True).content.decode()


def test_a_page_without_spanish_is_named(hurts):
    assert ("Does it hurt?", "There is no Spanish of it yet.") in needs("spanish")


def test_translate_what_is_not_published_is_refused(hurts, writes):
    hurts.unpublish()
    Page.objects.filter(pk=hurts.pk).update(live_revision=None)
    said = writes.post(reverse("upkeep:translate", args=[hurts.pk]), follow=True).content.decode()
    assert "Publish the English first" in said
    assert not LibraryPage.objects.filter(locale__language_code="es").exists()


def test_wagtail_s_own_ways_of_publishing_a_translation_are_shut(hurts, spanish, writes):
    source = TranslationSource.objects.get(object_id=hurts.translation_key)
    ways = {"update_translations": source.pk, "submit_page_translation": hurts.pk, "convert_to_alias": spanish.pk}
    for name, pk in ways.items():
        address = reverse(f"wagtail_localize:{name}", args=[pk])
        assert writes.post(address, {"publish_translations": "on"}).status_code in (302, 404)
    live = other_of(hurts)
    assert (live.live_revision_id, live.answer, live.alias_of_id) == (spanish.live_revision_id, spanish.answer, None)
