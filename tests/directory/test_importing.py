"""A table that is read in: every fault with its line, what would become of each line, and all of it or nothing."""

import pytest

from clinic.audit.actions import Refused
from clinic.audit.models import Event
from clinic.directory.actions import entries, importing
from clinic.directory.forms.importing import cells_of, heard
from clinic.directory.models import Entry, Import
from clinic.directory.planning import ALIKE, CHANGED, NEW, SAME, fingerprint, plan
from clinic.directory.table import COLUMNS, read, written
from tests.directory.scenes import a_practice, a_practitioner, an_npi, desk

pytestmark = pytest.mark.django_db
HEADER = ",".join(COLUMNS)


def table(*lines: str):
    return read("\n".join([HEADER, *lines]).encode())


def line(**cells: str) -> str:
    said = {"entry": "Practice", "kind": "Surgery", "name": "Quince Surgeons"} | cells
    return ",".join('"{}"'.format(said.get(header.replace(" ", "_"), "")) for header in COLUMNS)


def taken(*lines: str) -> Import:
    read_table = table(*lines)
    rows, faults = heard(read_table)
    assert faults == []
    return importing.read_in(file_name="practices.csv", table=read_table, rows=rows, by=desk())


def confirmed(made: Import, another=(), same_as=None) -> dict[str, int]:
    seen = fingerprint(plan(made))
    return importing.confirm_import(of=made, seen=seen, another=another, same_as=same_as or {}, by=desk())


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ({"entry": "Person"}, "entry", "Allowed: Practice, Practitioner."),
        ({"entry": ""}, "entry", "Nothing stands here"),
        ({"kind": "dentist"}, "kind", "“dentist” is not known here. Allowed: Primary care, "),
        ({"kind": ""}, "kind", "Choose one of: Primary care, "),
        ({"name": ""}, "name", "Give the name."),
        ({"name": "x" * 201}, "name", "at most 200"),
        ({"npi": "1234567890"}, "npi", "mistyped"),
        ({"npi": "12"}, "npi", "ten digits"),
        ({"phone": "12"}, "phone", "7 to 15 digits"),
        ({"fax": "call us"}, "fax", "7 to 15 digits"),
        ({"direct_address": "nowhere"}, "direct address", "valid email"),
        ({"languages": "English, Klingon"}, "languages", "“Klingon” is not known here. Allowed: English, Spanish"),
        ({"receives_by": "pigeon"}, "receives by", "Allowed: Fax, Direct message, Mail, Phone, Portal."),
        ({"credentials": "MD"}, "credentials", "Only a practitioner"),
        ({"notes": "x" * 1001}, "notes", "at most 1000"),
    ],
)
def test_a_fault_names_its_line_its_column_and_what_is_allowed(cells, column, words):
    rows, faults = heard(table(line(name="Bilberry Clinic"), line(**cells)))
    assert [(fault.line, fault.column) for fault in faults] == [(3, column)]
    assert words in faults[0].words
    assert len(rows) == 1


def test_the_same_npi_or_name_and_number_in_two_lines_is_a_fault():
    twice = line(name="A", npi=an_npi(1)), line(name="B", npi=an_npi(1)), line(phone="555 0142"), line(phone="555-0142")
    _rows, faults = heard(table(*twice))
    assert [(fault.line, fault.column) for fault in faults] == [(3, "npi"), (5, "name")]
    assert "line 2" in faults[0].words


def test_an_npi_of_a_practitioner_is_not_that_of_a_practice():
    a_practitioner(npi=an_npi(1))
    _rows, faults = heard(table(line(npi=an_npi(1))))
    assert "this is the NPI of a practitioner" in faults[0].words


def test_keys_and_labels_are_both_understood():
    rows, faults = heard(
        table(line(kind="PHYSICAL_THERAPY", languages="es; American Sign Language", receives_by="direct message"))
    )
    assert faults == []
    assert (rows[0].kind, rows[0].languages, rows[0].receives_by) == ("physical_therapy", ["es", "ase"], "direct")


def test_plan_tells_new_changed_same_and_alike_apart():
    known = a_practice(name="Rowantree Therapy", npi=an_npi(1), phone="555 0142", notes="Kept.")
    other = a_practice(name="Bilberry Clinic", npi=an_npi(2), phone="555 0143")
    made = taken(
        line(name="Rowantree Therapy", kind="Physical therapy", npi=an_npi(1), phone="555 0999"),
        line(name="Bilberry Clinic", kind="Physical therapy", npi=an_npi(2)),
        line(name="Bilbery Clinic"),
        line(name="Quince Surgeons", npi=an_npi(3)),
    )
    planned = plan(made)
    assert [each.fate for each in planned] == [CHANGED, SAME, ALIKE, NEW]
    assert planned[0].changes == [("phone", "555 0142", "555 0999")]
    assert planned[2].alike == (other,)
    assert confirmed(made) == {"added": 1, "changed": 1, "filled": 0}
    known.refresh_from_db()
    assert (known.phone, known.notes) == ("555 0999", "Kept.")
    assert Entry.objects.count() == 3
    assert Event.objects.get(verb="directory.imported").detail["changed"] == [known.pk]


def test_a_line_that_is_alike_is_added_or_fills_what_is_empty_when_somebody_says_so():
    other = a_practice(name="Bilberry Clinic", phone="555 0143")
    made = taken(line(name="Bilbery Clinic", phone="555 0777", fax="555 0778"))
    assert confirmed(made, same_as={2: other.pk}) == {"added": 0, "changed": 0, "filled": 1}
    other.refresh_from_db()
    assert (other.name, other.phone, other.fax) == ("Bilberry Clinic", "555 0143", "555 0778")
    assert confirmed(taken(line(name="Bilbery Clinic")), another={2}) == {"added": 1, "changed": 0, "filled": 0}


def test_two_lines_that_are_one_entry_fill_it_one_after_the_other():
    other = a_practice(name="Bilberry Clinic", phone="555 0143")
    made = taken(line(name="Bilbery Clinic", fax="555 0778"), line(name="Billberry Clinic", notes="Closed on Friday."))
    confirmed(made, same_as={2: other.pk, 3: other.pk})
    other.refresh_from_db()
    assert (other.fax, other.notes) == ("555 0778", "Closed on Friday.")


def test_an_npi_of_a_merged_entry_changes_the_one_that_stayed():
    gone, kept = a_practice(npi=an_npi(1)), a_practice(npi=an_npi(2))
    entries.merge_entry(entry=gone, into=kept, by=desk())
    planned = plan(taken(line(name=kept.name, npi=an_npi(1), fax="555 0777")))
    assert (planned[0].fate, planned[0].entry) == (CHANGED, kept)


def test_confirm_import_refuses_a_second_time_and_when_the_directory_changed():
    made = taken(line())
    seen = fingerprint(plan(made))
    a_practice(name="Quince Surgeons")
    with pytest.raises(Refused, match="changed since"):
        importing.confirm_import(of=made, seen=seen, another=(), same_as={}, by=desk())
    assert Entry.objects.count() == 1
    confirmed(made)
    with pytest.raises(Refused, match="already"):
        confirmed(made)


def test_two_lines_that_would_give_one_entry_two_npis_take_in_nothing():
    one = a_practice(name="Bilberry Clinic")
    made = taken(line(name="Quince Surgeons"), line(name="Bilbery Clinic", npi=an_npi(1)))
    a_practice(npi=an_npi(1), name="Meanwhile")
    with pytest.raises(Refused):
        importing.confirm_import(of=made, seen="old", another=(), same_as={3: one.pk}, by=desk())
    assert Entry.objects.count() == 2


def test_what_is_taken_out_says_nothing_new_when_it_is_read_in_again():
    a_practice(npi=an_npi(1), phone="+1 555 0142", notes="=SUM(A1)\nsecond line; with, all", languages=["en", "es"])
    a_practitioner(npi=an_npi(2), direct_address="moss@direct.example.org")
    out = "".join(written(map(cells_of, Entry.objects.order_by("pk"))))
    assert "'=SUM" in out
    assert "'+1 555" in out
    read_table = read(out.encode())
    rows, faults = heard(read_table)
    assert faults == []
    made = importing.read_in(file_name="directory.csv", table=read_table, rows=rows, by=desk())
    assert {each.fate for each in plan(made)} == {SAME}, [each.changes for each in plan(made)]
