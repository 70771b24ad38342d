import pytest
from django.core.cache import cache
from django.urls import reverse

from clinic.audit.models import Event
from clinic.people import limits
from education.finding.models import Opinion
from education.library.models import LibraryPage
from tests.factories import a_user
from tests.finding.shelf import a_page, a_text


@pytest.fixture
def hurts(db):
    cache.clear()
    return a_page("Does it hurt?", a_text("A sting."))


def address(hurts, name: str = "helpful") -> str:
    return reverse(f"finding:{name}", args=[hurts.pk])


def test_helpful_keeps_a_yes_with_the_version_that_was_read(client, hurts):
    read = hurts.live_revision_id
    form = client.get(address(hurts)).content.decode()
    assert f'value="{read}"' in form
    hurts.save_revision().publish()
    response = client.post(address(hurts), {"revision": read, "helpful": "yes", "line": "Clear."})
    assert response["Location"] == address(hurts, "thanks")
    opinion = Opinion.objects.get()
    assert (opinion.revision_id, opinion.helpful, opinion.line) == (read, True, "Clear.")
    assert client.get(response["Location"]).status_code == 200


@pytest.mark.parametrize("revision", ["", "0", "abc", "99999999", "9" * 40])
def test_helpful_takes_the_live_version_where_none_is_named(client, hurts, revision):
    client.post(address(hurts), {"revision": revision, "helpful": "no"})
    assert Opinion.objects.get().revision_id == hurts.live_revision_id


def test_helpful_of_another_page_s_version_is_the_live_one_s(client, hurts):
    other = a_page("Another")
    client.post(address(hurts), {"revision": other.live_revision_id, "helpful": "no"})
    assert Opinion.objects.get().revision_id == hurts.live_revision_id


def test_helpful_of_a_draft_is_the_live_version_s(client, hurts):
    client.post(address(hurts), {"revision": hurts.save_revision().pk, "helpful": "no"})
    assert Opinion.objects.get().revision_id == hurts.live_revision_id


@pytest.mark.parametrize("said", [{}, {"helpful": "perhaps"}, {"helpful": "yes", "line": "x" * 501}])
def test_helpful_asks_again_for_what_is_missing_or_too_long(client, hurts, said):
    response = client.post(address(hurts), {"revision": hurts.live_revision_id, **said})
    assert response.status_code == 200
    assert 'role="alert"' in response.content.decode()
    assert not Opinion.objects.exists()


def test_helpful_of_a_page_that_was_never_published_is_not_found(client, hurts):
    draft = LibraryPage(title="A draft", answer="Not yet.", locale=hurts.locale, live=False)
    hurts.get_parent().add_child(instance=draft)
    named = {"revision": draft.save_revision().pk}
    for name in ("helpful", "thanks"):
        assert client.get(address(draft, name)).status_code == 404
    assert client.post(address(draft), named).status_code == 404
    assert client.post(address(draft), {**named, "helpful": "yes"}).status_code == 404


def test_helpful_of_a_page_that_was_taken_back_is_still_taken_and_no_longer_asked(client, hurts):
    read = hurts.live_revision_id
    hurts.unpublish()
    assert client.get(address(hurts)).status_code == 404
    response = client.post(address(hurts), {"revision": read, "helpful": "no", "line": "It is gone."})
    assert client.get(response["Location"]).status_code == 200
    assert Opinion.objects.get().revision_id == read


def test_helpful_is_taken_from_one_address_only_so_often(client, hurts, monkeypatch):
    monkeypatch.setitem(limits.LIMITS, "opinion_from_ip", (2, limits.QUARTER))
    answers = [client.post(address(hurts), {"helpful": "yes"}).status_code for _ in range(3)]
    assert answers == [302, 302, 429]
    assert Opinion.objects.count() == 2


def test_helpful_keeps_nothing_of_who_says_it(client, hurts):
    client.force_login(a_user())
    client.post(address(hurts), {"helpful": "yes", "line": "Good."})
    assert {field.name for field in Opinion._meta.fields} == {"id", "page", "revision", "helpful", "line", "at"}
    assert not Event.objects.filter(verb__startswith="opinion").exists()


def test_opinions_are_read_and_struck_by_writers(client, hurts, settings):
    settings.DEMO = True
    client.post(address(hurts), {"helpful": "no", "line": "I am Testina Alder."})
    client.force_login(a_user("administrator"))
    assert "Testina" in client.get(address(hurts, "opinions")).content.decode()
    client.post(reverse("finding:strike", args=[Opinion.objects.get().pk]))
    assert "Testina" not in client.get(address(hurts, "opinions")).content.decode()
    opinion = Opinion.objects.get()
    assert (opinion.helpful, opinion.line) == (False, "")
    assert Event.objects.filter(verb="opinion.struck").count() == 1


def test_report_counts_by_page_in_all_and_of_the_live_version(client, hurts, settings):
    settings.DEMO = True
    client.post(address(hurts), {"helpful": "no"})
    hurts.save_revision().publish()
    client.post(address(hurts), {"helpful": "yes"})
    (row,) = Opinion.objects.by_page()
    assert (row["yes"], row["no"], row["yes_live"], row["no_live"]) == (1, 1, 1, 0)
    client.force_login(a_user("doctor"))
    assert hurts.title in client.get(reverse("finding:report")).content.decode()
