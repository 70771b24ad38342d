"""The report finds each kind of thing that a page needs, and costs the same for few pages and for many."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clinic.audit.clock import today
from clinic.people.models import Role
from education.library.models import LibraryPage, Review
from education.upkeep import words
from education.upkeep.needs import Library, to_do
from tests.factories import a_user
from tests.finding.shelf import a_page
from tests.upkeep.conftest import client_of
from tests.upkeep.shelf import a_source, a_statement, asked

HARD = (
    "Notwithstanding considerable heterogeneity among contemporaneous investigations, fluoroscopically administered "
    "epidural corticosteroids demonstrate statistically significant improvements regarding radicular symptomatology, "
    "although methodological limitations necessitate appropriately circumspect interpretation of these observations."
)


def why(key: str) -> dict[str, str]:
    return {row.page.title: row.why for need in Library().needs() if need.key == key for row in need.rows}


def reviewed(page: LibraryPage, by, due: date) -> None:
    Review.objects.create(page_id=page.pk, revision=page.live_revision, kind="approved", by=by, due=due)


def test_report_names_what_is_overdue_due_and_never_reviewed(hurts, larch, editor):
    soon, later = a_page("Soon"), a_page("Later")
    day = today("UTC")
    for page, days in ((hurts, -2), (soon, 30), (later, 200)):
        reviewed(page, larch, day + timedelta(days=days))
    assert set(why("overdue")) == {"Does it hurt?"}
    assert set(why("soon")) == {"Soon"}
    assert {"Does it hurt?", "Soon", "Later"}.isdisjoint(why("never"))
    assert list(to_do(larch)) == [hurts.page_ptr]
    assert not to_do(editor).exists()


def test_report_names_what_rests_on_a_withdrawn_source(hurts):
    source = a_source()
    source.withdrawn_on, source.withdrawn_why = date(2026, 1, 2), "The figures were wrong."
    source.save()
    assert "The figures were wrong." in why("withdrawn")["Does it hurt?"]


def test_report_names_what_is_hard_to_read():
    a_page("Hard", a_statement(HARD))
    assert "Grade" in why("hard")["Hard"]


def test_report_shows_what_waits(hurts, editor, larch, reads):
    asked(hurts, editor)
    shown = reads.get(reverse("upkeep:report")).content.decode()
    assert "Wait for a clinician" in shown
    assert "Test Editor Laurel asked on" in shown
    assert to_do(larch).get().pk == hurts.pk


def test_report_costs_the_same_for_few_pages_and_for_many(hurts, reads):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert reads.get(reverse("upkeep:report")).status_code == 200
        return len(queries)

    cost()
    few = cost()
    for number in range(8):
        a_page(f"Page {number}", a_statement(f"Words of page {number}."))
    assert cost() == few
    assert few <= 24


@pytest.mark.parametrize("role", [Role.DOCTOR, Role.EDITOR, Role.ADMINISTRATOR])
def test_the_rail_leads_writers_to_the_report(role):
    shown = client_of(a_user(role)).get(reverse("upkeep:report")).content.decode()
    assert shown.count(f'href="{reverse("upkeep:report")}"') == 1


def test_differences_name_the_piece_and_both_sides(hurts):
    other = LibraryPage.objects.get(pk=hurts.pk)
    other.answer = "Un poco, por 1\u00a0200 pasos."
    (found,) = words.differences(hurts, other)
    assert (found.where, found.english_only, found.spanish_only) == ("A little.", [], ["1200"])
    other.answer = hurts.answer
    assert words.differences(hurts, other) == []


def test_source_ids_are_those_of_every_block(hurts):
    assert words.source_ids(hurts) == {a_source().pk}


def test_lacks_says_what_a_page_has_no_part_of(hurts):
    assert len(words.lacks(hurts)) == 3
