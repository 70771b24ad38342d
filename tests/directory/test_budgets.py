"""The directory asks the database the same number of questions for ten entries and for two thousand."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clinic.directory.forms.importing import heard
from clinic.directory.models import Entry, Import, ImportRow, PractitionerRole, Resource
from clinic.directory.planning import plan
from clinic.directory.table import read
from clinic.people.models import Role
from tests.directory.scenes import WORDS, a_practitioner
from tests.people.signed_in import as_role

pytestmark = pytest.mark.django_db
PAGES = ["directory:entries", "directory:merge_entry", "directory:add_role"]


def fill(number: int, user) -> None:
    practices = Entry.objects.bulk_create(
        Entry(
            resource=Resource.ORGANIZATION,
            kind="surgery",
            name=f"{WORDS[n % 12]} {WORDS[n // 12 % 12]} {n}",
            phone=f"55{n:05}",
            address=f"{n} Test Street, Springfield",
            created_by=user,
        )
        for n in range(number)
    )
    people = Entry.objects.bulk_create(
        Entry(resource=Resource.PRACTITIONER, kind="surgery", name=f"Moss {n}", created_by=user) for n in range(number)
    )
    PractitionerRole.objects.bulk_create(
        PractitionerRole(practitioner=person, organization=practice, created_by=user)
        for person, practice in zip(people, practices, strict=True)
    )


def read_in(number: int, user) -> Import:
    """A table of so many lines, heard and kept."""
    lines = "".join(f"Practice,Surgery,{WORDS[n % 12]} {n},88{n:05}\n" for n in range(number))
    rows, faults = heard(read(f"entry,kind,name,phone\n{lines}".encode()))
    assert faults == []
    made = Import.objects.create(file_name="a.csv", encoding="UTF-8", delimiter=",", read_by=user)
    for row in rows:
        row.of = made
    ImportRow.objects.bulk_create(rows)
    return made


def questions(client, url: str) -> int:
    client.get(url)  # the first page of a session also writes when it was seen
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def test_the_directory_asks_as_much_for_thousands():
    client, user = as_role(Role.COORDINATOR)
    person = a_practitioner(name="Quince Moss")
    urls = [f"{reverse('directory:entries')}{query}" for query in ("", "?q=clover", "?q=555000", "?kind=surgery")]
    urls += [f"{reverse(name, args=[person.pk])}?q=moss" for name in PAGES[1:]]
    urls.append(reverse("directory:entry", args=[person.pk]))
    fill(10, user)
    few = {url: questions(client, url) for url in urls}
    fill(1000, user)
    assert {url: questions(client, url) for url in urls} == few
    assert max(few.values()) <= 16
    # Most of them have no fax: asked for "no fax", an index would hand out all of them for every line.
    assert len(plan(read_in(100, user))) == 100


def test_a_table_is_heard_and_planned_with_as_many_questions_for_a_thousand_lines(django_assert_num_queries):
    _client, user = as_role(Role.COORDINATOR)
    fill(10, user)
    for number in (10, 1000):
        with django_assert_num_queries(2):  # no line has an NPI to look up: the rows are kept, and that is all
            made = read_in(number, user)
        with django_assert_num_queries(2):
            assert len(plan(made)) == number
