"""Nobody publishes but by a clinician who read exactly this version and did not write it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision, TaskState

from clinic.audit.models import Event
from clinic.people.models import Role
from education.library.models import LibraryPage, Review, Topic
from education.upkeep import actions
from education.upkeep.actions import seal
from tests.factories import a_user, actor
from tests.upkeep.conftest import client_of
from tests.upkeep.shelf import approved, asked, form


def test_review_shows_what_is_new_and_what_it_rests_on(hurts, editor, reads):
    hurts = asked(hurts, editor, answer="A little, for a short time.")
    shown = reads.get(reverse("upkeep:review", args=[hurts.pk])).content.decode()
    assert "addition" in shown
    assert "Test Journal 2015" in shown
    assert "Test Editor Laurel" in shown
    assert "Approve and publish" in shown
    alone = reads.get(reverse("upkeep:draft", args=[hurts.pk])).content.decode()
    assert "A little, for a short time." in alone
    assert "Reviewed by" not in alone


def test_approve_publishes_and_leaves_a_record(hurts, editor, larch, reads):
    hurts = asked(hurts, editor, answer="A little, for a short time.")
    assert approved(reads, hurts).status_code == 302
    hurts.refresh_from_db()
    assert hurts.answer == "A little, for a short time."
    assert (hurts.review.by, hurts.review.kind, hurts.review.revision_id) == (larch, "approved", hurts.live_revision_id)
    assert Event.objects.filter(verb="learn.approved", object_id=str(hurts.pk)).count() == 1


def test_a_doctor_who_wrote_a_part_of_it_does_not_approve_it(hurts, editor, larch, reads):
    hurts.save_revision(user=larch)
    hurts = asked(hurts, editor, answer="By two hands.")
    answer = approved(reads, hurts)
    assert answer.status_code == 422
    assert "Another doctor" in answer.content.decode()
    hurts.refresh_from_db()
    assert hurts.answer == "A little."


@pytest.mark.parametrize("again", [False, True], ids=["a newer version", "the same version written over"])
def test_what_was_not_read_is_not_approved(hurts, editor, reads, again):
    hurts = asked(hurts, editor, answer="As read.")
    seen = seal(hurts.get_latest_revision())
    if again:  # as nothing of ours does it, but as the database would let it
        Revision.objects.filter(pk=hurts.latest_revision_id).update(
            content={**hurts.latest_revision.content, "answer": "No."}
        )
    else:
        hurts.save_revision(user=a_user(Role.DOCTOR))
    answer = approved(reads, hurts, seen)
    assert answer.status_code == 422
    assert "changed this page after you opened it" in answer.content.decode()
    assert not Review.objects.exists()


def test_ask_for_changes_sends_it_back_with_words(hurts, editor, reads, writes):
    hurts = asked(hurts, editor, answer="Not at all.")
    sent = {"seen": seal(hurts.get_latest_revision()), "words": "It does hurt a little."}
    assert reads.post(reverse("upkeep:ask_for_changes", args=[hurts.pk]), sent).status_code == 302
    assert "It does hurt a little." in writes.get(reverse("upkeep:report")).content.decode()
    assert "It does hurt a little." in writes.get(reverse("upkeep:review", args=[hurts.pk])).content.decode()
    assert "Sent back" in writes.get(reverse("upkeep:report")).content.decode()
    assert reads.post(reverse("upkeep:ask_for_changes", args=[hurts.pk]), {**sent, "words": ""}).status_code == 422


def test_still_right_is_one_click_that_leaves_a_record(hurts, larch, reads):
    address = reverse("upkeep:still_right", args=[hurts.pk])
    seen = {"seen": seal(hurts.live_revision)}
    for every in ("365", "183", "183"):  # the last one is a double click
        assert reads.post(address, {**seen, "every": every}).status_code == 302
    assert list(Review.objects.order_by("pk").values_list("kind", flat=True)) == ["approved", "still_right"]
    assert hurts.review.by == larch
    assert hurts.review.due - hurts.review.at.date() >= timedelta(days=182)


def test_who_wrote_what_is_live_does_not_find_it_still_right(hurts, editor, larch, reads):
    hurts.save_revision(user=larch)
    approved(client_of(a_user(Role.DOCTOR)), asked(hurts, editor))
    hurts.refresh_from_db()
    sent = {"seen": seal(hurts.live_revision), "every": "365"}
    assert reads.post(reverse("upkeep:still_right", args=[hurts.pk]), sent).status_code == 422
    assert Review.objects.count() == 1


@pytest.mark.parametrize("role", [Role.EDITOR, Role.DOCTOR, Role.ADMINISTRATOR])
def test_nobody_publishes_by_hand(hurts, role):
    client = client_of(a_user(role))
    edit = reverse("wagtailadmin_pages:edit", args=[hurts.pk])
    client.post(edit, form(hurts, answer="By hand.", **{"action-publish": "1"}))
    assert LibraryPage.objects.get(pk=hurts.pk).answer == "A little."
    for address in ("/cms/bulk/wagtailcore/page/publish/", f"/cms/localize/page/{hurts.pk}/convert_to_alias/"):
        client.post(f"{address}?id={hurts.pk}")
    assert LibraryPage.objects.get(pk=hurts.pk).live_revision_id == hurts.live_revision_id


@pytest.mark.parametrize("name", ["approve", "reject"])
def test_a_clinician_says_so_where_the_page_is_read_and_nowhere_else(hurts, editor, reads, name):
    state = asked(hurts, editor, answer="Unread.").current_workflow_task_state
    reads.post(reverse("wagtailadmin_pages:workflow_action", args=[hurts.pk, name, state.pk]))
    typed = {"action-workflow-action": "true", "workflow-action-name": name, "workflow-action-extra-data": "{}"}
    edit = reverse("wagtailadmin_pages:edit", args=[hurts.pk])
    reads.post(edit, form(hurts, answer="Unread.") | typed)
    state.refresh_from_db()
    assert state.status == TaskState.STATUS_IN_PROGRESS
    assert LibraryPage.objects.get(pk=hurts.pk).answer == "A little."
    assert "Read and approve" in reads.get(edit).content.decode()


def test_a_version_that_others_have_before_them_stays_as_it_is(hurts, editor):
    hurts = asked(hurts, editor, answer="Before a clinician.")
    sent = hurts.get_latest_revision()
    draft = hurts.get_latest_revision_as_object()
    draft.answer = "Typed on afterwards."
    later = draft.save_revision(user=editor, overwrite_revision=sent)
    assert later.pk != sent.pk
    assert Revision.objects.get(pk=sent.pk).content["answer"] == "Before a clinician."


def test_a_planned_page_goes_live_on_its_day_after_its_approval(hurts, editor, reads):
    hurts = asked(hurts, editor, answer="From next week.", go_live_at=timezone.now() + timedelta(days=7))
    assert approved(reads, hurts).status_code == 302
    actions.publish_due()
    assert LibraryPage.objects.get(pk=hurts.pk).answer == "A little."
    revision = hurts.get_latest_revision()
    past = timezone.now() - timedelta(minutes=1)
    content = {**revision.content, "go_live_at": past.isoformat()}
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=past, content=content)
    actions.publish_due()
    live = LibraryPage.objects.get(pk=hurts.pk)
    assert live.answer == "From next week."
    assert live.review is not None


def test_a_planned_page_without_approval_stays_where_it_is(hurts, editor):
    asked(hurts, editor, answer="Not approved.", go_live_at=timezone.now() - timedelta(days=1))
    actions.publish_due()
    assert LibraryPage.objects.get(pk=hurts.pk).answer == "A little."


def test_a_page_ends_on_its_day(hurts):
    LibraryPage.objects.filter(pk=hurts.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    actions.publish_due()
    assert not Page.objects.get(pk=hurts.pk).live


def test_writers_take_back_and_move_and_never_delete_what_was_published(hurts, editor, writes):
    may = hurts.permissions_for_user(editor)
    assert (may.can_unpublish(), may.can_move(), may.can_delete(), may.can_publish()) == (True, True, False, False)
    writes.post(reverse("wagtailadmin_pages:delete", args=[hurts.pk]))
    assert Page.objects.filter(pk=hurts.pk).exists()
    writes.post(reverse("wagtailadmin_pages:unpublish", args=[hurts.pk]))
    assert not Page.objects.get(pk=hurts.pk).live
    draft = LibraryPage(title="Never read", slug="never-read", answer="Draft.", live=False)
    hurts.get_parent().add_child(instance=draft)
    assert draft.permissions_for_user(editor).can_delete()


def test_review_of_what_is_no_page_of_the_library_is_not_found(reads):
    for pk in (Page.get_first_root_node().pk, 999_999):
        for name in ("review", "draft"):
            assert reads.get(reverse(f"upkeep:{name}", args=[pk])).status_code == 404
        assert reads.post(reverse("upkeep:approve", args=[pk])).status_code == 404


def test_approve_twice_says_that_nothing_waits(hurts, editor, reads):
    hurts = asked(hurts, editor)
    seen = seal(hurts.get_latest_revision())
    assert [approved(reads, hurts, seen).status_code for _ in range(2)] == [302, 422]
    assert Review.objects.count() == 1


def test_report_is_for_those_who_write(hurts):
    by_role = {role: client_of(a_user(role)).get(reverse("upkeep:report")).status_code for role in Role.values}
    assert by_role == {"patient": 404, "coordinator": 404, "doctor": 200, "editor": 200, "administrator": 200}
    assert Client().get(reverse("upkeep:report")).status_code == 302


def test_an_actor_without_a_name_approves_nothing(hurts, editor):
    hurts = asked(hurts, editor)
    with pytest.raises(ValueError, match="cannot do this"):
        actions.approve(page=hurts, seen=seal(hurts.get_latest_revision()), every=timedelta(1), by=actor(None))


def test_an_address_that_changed_leads_on(hurts, editor, reads, django_capture_on_commit_callbacks):
    before = hurts.url
    with django_capture_on_commit_callbacks(execute=True):
        assert approved(reads, asked(hurts, editor, slug="does-it-hurt-much")).status_code == 302
    after = LibraryPage.objects.get(pk=hurts.pk).url
    answer = Client().get(before)
    assert (answer.status_code, answer.headers["Location"].removeprefix("http://testserver")) == (301, after)
    assert Client().get(after).status_code == 200


def test_a_page_moved_to_another_shelf_keeps_its_approval_and_leads_on(hurts, larch, writes):
    before = hurts.url
    shelf = Topic(title="Other shelf", slug="other-shelf", answer="What stands here.", locale=hurts.locale)
    hurts.get_parent().get_parent().add_child(instance=shelf)
    writes.post(reverse("wagtailadmin_pages:move_confirm", args=[hurts.pk, shelf.pk]))
    moved = LibraryPage.objects.get(pk=hurts.pk)
    assert moved.is_child_of(shelf)
    assert (moved.live, moved.live_revision_id) == (True, hurts.live_revision_id)
    assert Client().get(before).status_code == 301
