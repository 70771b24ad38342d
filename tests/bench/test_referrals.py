"""A made-up database of referrals is one that the clinic's own rules could have written, whatever its size."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.db.models import Count

from bench.referral_pages import SETTINGS, acts, cost
from bench.referral_rows import Size, broken, make
from clinic.outside.codes import read
from clinic.people.models import Patient
from referrals.loop.lifecycle import Worklist, worklist
from referrals.loop.models import Referral
from referrals.work.filters import in_list

pytestmark = pytest.mark.django_db
# Pages that have rows in a small database too: an empty list asks for nothing more.
EVERYWHERE = {
    *("list open, any day", "list mine, any day", "list ended, any day", "narrowed, ended", "search: our code"),
    *("a referral, incoming", "board of the morning"),
}


def quietly(_what: str, _done: int, _of: int) -> None:
    """Says nothing of how far it is."""


@contextmanager
def made(referrals: int) -> Iterator[dict[str, int]]:
    with transaction.atomic():
        yield make(Size(referrals, open=0.3), quietly)
        transaction.set_rollback(True)


@pytest.fixture
def few() -> Iterator[dict[str, int]]:
    with made(300) as counts:
        yield counts


def test_it_holds_together(few):
    assert broken() == []
    assert few["loop_referral"] == 300
    assert few["incoming_request"] == few["outgoing_order"] == 150
    assert Referral.objects.open().count() == 90


def test_every_open_one_is_in_exactly_one_list(few):
    for referral in Referral.objects.open():
        assert referral.worklist == worklist(referral.direction, referral.state, referral.must_call)
        assert [name for name in Worklist if Referral.objects.filter(in_list(name, 0), pk=referral.pk).exists()] == [
            referral.worklist
        ]


def test_codes_and_names_are_those_of_the_house(few):
    assert all(read(code) == code for code in Referral.objects.values_list("code", flat=True))
    assert all(name.startswith("Test ") for name in Patient.objects.values_list("given_name", flat=True))


def test_what_is_written_next_is_numbered_after_it(few):
    assert Patient.objects.create(home_location=Referral.objects.latest("pk").location).pk > few["people_patient"]


def test_what_does_not_hold_together_is_said(few):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "UPDATE loop_referral SET state = 'sent', case_id = 0 WHERE id = (SELECT max(id) FROM loop_step)"
        )
        cursor.execute("DELETE FROM loop_step WHERE id IN (SELECT max(id) FROM loop_step GROUP BY referral_id LIMIT 1)")
        cursor.execute("SET LOCAL session_replication_role = origin")
    assert any(line.startswith("a referral's state is not its latest step") for line in broken())


def test_more_referrals_cost_no_more_queries(settings):
    for name, value in SETTINGS.items():
        setattr(settings, name, value)
    spent = []
    for referrals in (100, 1_000):
        with made(referrals):
            spent.append({name: cost(name, act, runs=1).queries for name, act in acts() if name in EVERYWHERE})
    assert spent[0] == spent[1]
    assert spent[0].keys() == EVERYWHERE


@pytest.mark.parametrize("wrong", [{"referrals": 3}, {"referrals": 100, "open": 0.9}, {"referrals": 100, "open": 0}])
def test_a_size_that_cannot_be_is_refused(wrong):
    with pytest.raises(ValueError, match="At least 10"):
        Size(**wrong)


def test_each_worklist_has_somebody_in_a_thousand_open_ones():
    with made(3_000):
        found = dict(Referral.objects.open().values_list("worklist").annotate(Count("pk")))
    assert found.keys() == {str(each) for each in Worklist}
