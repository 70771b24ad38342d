"""The verbs of the directory: what they keep, what they refuse, and what the database refuses by itself."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from clinic.audit.actions import Refused
from clinic.audit.models import Event
from clinic.directory.actions import entries
from clinic.directory.models import Channel, Entry, Kind, Merge, PractitionerRole, Resource
from tests.directory.scenes import a_practice, a_practitioner, an_npi, desk

pytestmark = pytest.mark.django_db


def added(**says):
    said = {"resource": Resource.ORGANIZATION, "kind": Kind.SURGERY, "name": "Quince Surgeons"}
    return entries.add_entry(by=desk(), **(said | says))


def test_add_entry_keeps_it_and_says_who():
    by = desk()
    entry = entries.add_entry(by=by, resource=Resource.ORGANIZATION, kind=Kind.IMAGING, name="Quince Imaging")
    assert entry.created_by_id == by.user_id
    event = Event.objects.get(verb="directory.added")
    assert (event.object_id, event.patient_ids) == (str(entry.pk), [])


@pytest.mark.parametrize(
    "says",
    [
        {"name": "Rowantree Physiotherapie"},
        {"name": "Something else", "phone": "(555) 0142"},
        {"name": "Something else", "fax": "555-0143"},
    ],
)
def test_something_alike_is_shown_before_it_is_saved_and_once_is_enough(says):
    known = a_practice(name="Rowantree Physiotherapy", phone="555 0142", fax="555 0143")
    with pytest.raises(entries.Alike) as refused:
        added(**says)
    assert refused.value.entries == [known]
    assert added(**says, seen=[known.pk]).pk
    assert Event.objects.filter(verb="directory.added").latest("pk").detail == {"alike": [known.pk]}


def test_what_was_not_shown_is_shown_even_when_something_else_was():
    first, second = a_practice(name="Rowantree Therapy"), a_practice(phone="555 0142")
    with pytest.raises(entries.Alike):
        added(name="Rowantree Therapy", phone="555 0142", seen=[first.pk])
    assert added(name="Rowantree Therapy", phone="555 0142", seen=[first.pk, second.pk])


def test_practitioners_share_a_number_and_practices_of_one_trade_are_called_much_the_same():
    a_practice(name="Rowantree Physical Therapy", phone="555 0142")
    a_practitioner(name="Test Moss", phone="555 0142")
    assert not Entry.objects.alike(Entry(resource=Resource.PRACTITIONER, name="Test Nettle", phone="555 0142"))
    assert not Entry.objects.alike(Entry(resource=Resource.ORGANIZATION, name="Bilberry Physical Therapy"))


def test_the_same_npi_is_refused_with_the_name_of_the_one_that_has_it():
    known = a_practice(npi=an_npi(1))
    with pytest.raises(Refused, match=str(known)):
        added(npi=an_npi(1))
    other = a_practice(npi=an_npi(2))
    with pytest.raises(Refused, match=str(known)):
        entries.change_entry(entry=other, npi=an_npi(1), by=desk())


@pytest.mark.parametrize(
    "says",
    [
        {"npi": an_npi(1)},
        {"npi": "3000000000"},
        {"npi": "12"},
        {"kind": "dentist"},
        {"resource": "Patient"},
        {"receives_by": "pigeon"},
        {"name": ""},
    ],
)
def test_the_database_refuses_by_itself(says):
    known = a_practice(npi=an_npi(1))
    said = {"resource": Resource.ORGANIZATION, "kind": Kind.SURGERY, "name": "A", "created_by_id": known.created_by_id}
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.create(**(said | says))


def test_an_entry_is_never_deleted_nor_made_a_person():
    known = a_practice()
    for wrong in (lambda: known.delete(), lambda: Entry.objects.update(resource=Resource.PRACTITIONER)):
        with pytest.raises(DatabaseError), transaction.atomic():
            wrong()


def test_change_entry_says_which_columns_and_nothing_where_nothing_changed():
    known, by = a_practice(), desk()
    assert entries.change_entry(entry=known, by=by, fax="555 0777", receives_by=Channel.FAX) == ["fax", "receives_by"]
    assert entries.change_entry(entry=known, by=by, fax="555 0777") == []
    assert Event.objects.get(verb="directory.changed").detail == {"fields": ["fax", "receives_by"], "alike": []}


def test_deactivate_and_reactivate_say_so_once():
    known, by = a_practice(), desk()
    for _twice in range(2):
        entries.deactivate_entry(entry=known, by=by)
    assert not Entry.objects.active().exists()
    for _twice in range(2):
        entries.reactivate_entry(entry=known, by=by)
    assert Entry.objects.active().get() == known
    assert Event.objects.filter(verb__in=["directory.deactivated", "directory.reactivated"]).count() == 2


def test_merge_entry_fills_what_is_empty_and_loses_nothing():
    gone = a_practice(name="Quince PT", npi=an_npi(1), fax="555 0700", phone="555 0701", languages=["es"])
    kept = a_practice(name="Quince Physical Therapy", phone="555 0702")
    person, by = a_practitioner(), desk()
    entries.add_role(practitioner=person, organization=gone, by=by)
    entries.merge_entry(entry=gone, into=kept, by=by)
    kept.refresh_from_db()
    gone.refresh_from_db()
    assert (kept.npi, kept.fax, kept.phone, kept.languages) == (an_npi(1), "555 0700", "555 0702", ["es"])
    assert (gone.npi, gone.phone, gone.merged_into) == (an_npi(1), "555 0701", kept)
    merge = Merge.objects.get()
    assert (merge.gone, merge.kept, sorted(merge.filled)) == (gone, kept, ["fax", "languages", "npi"])
    assert merge.kept_said["fax"] == ""
    assert PractitionerRole.objects.open().get().organization == kept
    with pytest.raises(DatabaseError), transaction.atomic():
        Merge.objects.update(filled=[])


def test_who_works_at_both_works_at_the_one_that_stays_once():
    gone, kept, person, by = a_practice(), a_practice(), a_practitioner(), desk()
    for practice in (gone, kept):
        entries.add_role(practitioner=person, organization=practice, by=by)
    entries.merge_entry(entry=gone, into=kept, by=by)
    assert [role.organization for role in PractitionerRole.objects.open()] == [kept]
    assert PractitionerRole.objects.count() == 2


def test_what_was_merged_leads_on_when_the_one_that_stayed_is_merged_too():
    first, second, third, by = a_practice(npi=an_npi(1)), a_practice(npi=an_npi(2)), a_practice(), desk()
    entries.merge_entry(entry=first, into=second, by=by)
    entries.merge_entry(entry=second, into=third, by=by)
    first.refresh_from_db()
    third.refresh_from_db()
    assert (first.merged_into, third.npi) == (third, an_npi(2))
    with pytest.raises(Refused, match=str(third)):
        added(npi=an_npi(1))


def test_merge_entry_refuses_what_is_no_pair():
    practice, person, gone, by = a_practice(), a_practitioner(), a_practice(), desk()
    entries.merge_entry(entry=gone, into=practice, by=by)
    for entry, into in ((practice, practice), (practice, person), (gone, practice), (practice, gone)):
        with pytest.raises(Refused):
            entries.merge_entry(entry=entry, into=into, by=by)


def test_a_role_joins_a_practitioner_and_a_practice_and_is_said_once():
    practice, person, by = a_practice(), a_practitioner(), desk()
    role = entries.add_role(practitioner=person, organization=practice, by=by)
    assert entries.add_role(practitioner=person, organization=practice, by=by) == role
    for who, where in ((practice, person), (practice, practice), (person, person)):
        with pytest.raises(Refused):
            entries.add_role(practitioner=who, organization=where, by=by)
    for _twice in range(2):
        entries.end_role(role=role, by=by)
    assert Event.objects.filter(verb="directory.role_ended").count() == 1
    assert entries.add_role(practitioner=person, organization=practice, by=by) != role


def test_a_letter_to_a_practitioner_goes_where_they_work():
    practice = a_practice(name="Quince PT", fax="555 0700", address="1 Quince Street")
    person, by = a_practitioner(name="Test Moss", suffix="DPT", phone="555 0799"), desk()
    assert person.letterhead() == {"practice": "Test Moss, DPT", "address": "", "fax": "", "phone": "555 0799"}
    entries.add_role(practitioner=person, organization=practice, by=by)
    person = Entry.objects.get(pk=person.pk)
    assert person.letterhead() == {
        "practice": "Test Moss, DPT, Quince PT",
        "address": "1 Quince Street",
        "fax": "555 0700",
        "phone": "555 0799",
    }


@pytest.mark.parametrize(
    "typed",
    [
        "quince",
        "QUÍNCE",
        "quinse",
        "springfield",
        "quince spring",
        "555 0142",
        "0142",
        "555-0143",
        "2000000010",
        "20000",
    ],
)
def test_found_by_name_town_or_number_with_a_letter_wrong(typed):
    a_practice(name="Bilberry Clinic", phone="617 444 9999")
    known = a_practice(
        name="Quince Therapy",
        phone="555 0142",
        fax="(555) 0143",
        npi="2000000010",
        address="1 Test Street, Springfield",
    )
    assert list(Entry.objects.found_by(typed)) == [known]


@pytest.mark.parametrize("typed", ["zzzzzz", "100%_", "a'b\"(&|", "\x00😀", "quince bilberry", "03/14/1970"])
def test_what_nobody_is_called_finds_nobody(typed):
    a_practice(name="Quince Therapy")
    a_practice(name="Bilberry Clinic")
    assert not Entry.objects.found_by(typed).exists()
