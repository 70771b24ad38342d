"""The pages of the directory: finding, adding beside what is alike, merging, and tables in and out."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from clinic.audit.models import Event
from clinic.directory.actions import entries
from clinic.directory.models import Entry, Import, PractitionerRole
from clinic.people.models import Role
from tests.directory.scenes import a_practice, a_practitioner, an_npi, desk
from tests.people.signed_in import as_role

pytestmark = pytest.mark.django_db
TYPED = {"name": "Quince Surgeons", "kind": "surgery", "languages": ["en"], "phone": "555 0142"}


@pytest.fixture
def office():
    return as_role(Role.COORDINATOR)[0]


def page(name: str, *words: object) -> str:
    return reverse(f"directory:{name}", args=words)


def upload(client, text: str, codec: str = "utf-8"):
    return client.post(page("read_in"), {"file": SimpleUploadedFile("practices.csv", text.encode(codec))})


@pytest.mark.parametrize("role", [Role.DOCTOR, Role.COORDINATOR, Role.ADMINISTRATOR])
def test_entries_opens_to_whom_works_with_it_and_says_what_it_leaves_out(role):
    client, _user = as_role(role)
    shown, gone = a_practice(), a_practice(name="Closed Clinic")
    entries.deactivate_entry(entry=gone, by=desk())
    body = client.get(page("entries")).content.decode()
    assert str(shown) in body
    assert "Closed Clinic" not in body
    assert "1 active" in body
    assert "left out: 1 inactive" in body
    assert "Closed Clinic" in client.get(page("entries"), {"show": "inactive"}).content.decode()


def test_entries_narrows_by_kind_and_sort_and_a_part_of_the_page_comes_while_one_types(office):
    therapy, person = a_practice(name="Quince Therapy"), a_practitioner(name="Quince Moss")
    surgery = a_practice(name="Quince Surgery", kind="surgery")
    for asked, found in (
        ({"q": "quince"}, {therapy, person, surgery}),
        ({"q": "quince", "kind": "surgery"}, {surgery}),
        ({"q": "quince", "of": "Practitioner"}, {person}),
        ({"q": "quince", "kind": "nonsense", "of": "Patient"}, {therapy, person, surgery}),
    ):
        assert set(office.get(page("entries"), asked).context["page"].rows) == found
    part = office.get(page("entries"), {"q": "therapy"}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "Quince Therapy" in part


def test_entry_shows_who_works_there_and_leads_on_from_what_was_merged(office):
    gone, kept, person = a_practice(), a_practice(), a_practitioner()
    entries.add_role(practitioner=person, organization=kept, by=desk())
    entries.merge_entry(entry=gone, into=kept, by=desk())
    answer = office.get(page("entry", gone.pk), follow=True)
    assert answer.redirect_chain == [(page("entry", kept.pk), 302)]
    body = answer.content.decode()
    assert f"{gone} was merged into" in body
    assert str(person) in body


def test_add_entry_shows_what_is_alike_and_one_more_click_saves_it(office):
    known = a_practice(name="Quince Surgeon")
    answer = office.post(page("add_entry"), TYPED)
    assert answer.status_code == 422
    assert answer.context["alike"] == [known]
    body = answer.content.decode()
    assert 'value="Quince Surgeons"' in body
    assert f'name="seen" value="{known.pk}"' in body
    assert Entry.objects.count() == 1
    assert office.post(page("add_entry"), TYPED | {"seen": known.pk}).status_code == 302
    assert Entry.objects.latest("pk").languages == ["en"]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"npi": "1234567890"}, "mistyped"),
        ({"npi": an_npi(1)}, "This NPI is that of"),
        ({"phone": "12"}, "7 to 15 digits"),
        ({"kind": "dentist"}, "is not known here"),
        ({"name": ""}, "Give the name."),
        ({"name": "  "}, "Give the name."),
        ({"seen": "x" * 201}, ""),
    ],
)
def test_add_entry_keeps_what_was_typed_and_says_what_is_wrong(office, said, words):
    a_practice(npi=an_npi(1))
    answer = office.post(page("add_entry"), TYPED | said)
    assert answer.status_code in (200, 422)
    assert words in answer.content.decode()
    assert "555 0142" in answer.content.decode() or "phone" in said
    assert Entry.objects.count() == 1


def test_add_entry_of_a_practitioner_asks_for_credentials(office):
    assert "Credentials" in office.get(page("add_entry"), {"of": "Practitioner"}).content.decode()
    office.post(f"{page('add_entry')}?of=Practitioner", TYPED | {"suffix": "MD"})
    assert str(Entry.objects.get()) == "Quince Surgeons, MD"


def test_change_entry_corrects_it_and_one_that_was_merged_is_not_found(office):
    gone, kept = a_practice(), a_practice()
    entries.merge_entry(entry=gone, into=kept, by=desk())
    assert office.post(page("change_entry", kept.pk), TYPED).status_code == 302
    assert Entry.objects.get(pk=kept.pk).name == "Quince Surgeons"
    for name in ("change_entry", "merge_entry"):
        assert office.get(page(name, gone.pk)).status_code == 404


def test_deactivate_and_reactivate_entry(office):
    known = a_practice()
    office.post(page("deactivate_entry", known.pk))
    assert "inactive since" in office.get(page("entry", known.pk)).content.decode()
    office.post(page("reactivate_entry", known.pk))
    assert Entry.objects.active().get() == known


def test_merge_entry_finds_the_other_shows_both_and_makes_them_one(office):
    gone, kept = a_practice(name="Quince PT"), a_practice(name="Quince Physical Therapy")
    person = a_practitioner(name="Quince Moss")
    assert list(office.get(page("merge_entry", gone.pk), {"q": "quince"}).context["offered"]) == [kept]
    assert "Make them one" in office.get(page("merge_entry", gone.pk), {"into": kept.pk}).content.decode()
    for wrong in (gone.pk, person.pk, "x", 10**18):
        assert office.post(page("merge_entry", gone.pk), {"into": wrong}).status_code == 404
    assert office.post(page("merge_entry", gone.pk), {"into": kept.pk}).url == page("entry", kept.pk)


def test_add_role_offers_active_practices_and_end_role_ends_it(office):
    practice, closed, person = a_practice(name="Quince PT"), a_practice(name="Quince Old"), a_practitioner()
    entries.deactivate_entry(entry=closed, by=desk())
    assert list(office.get(page("add_role", person.pk), {"q": "quince"}).context["offered"]) == [practice]
    for wrong in (closed.pk, person.pk, "", "x"):
        assert office.post(page("add_role", person.pk), {"organization": wrong}).status_code == 404
    assert office.get(page("add_role", practice.pk)).status_code == 404
    office.post(page("add_role", person.pk), {"organization": practice.pk})
    role = PractitionerRole.objects.open().get()
    office.post(page("end_role", role.pk))
    assert not PractitionerRole.objects.open().exists()


def test_read_in_shows_faults_and_keeps_nothing(office):
    answer = upload(office, "entry,kind,name\nPractice,dentist,A\nPractice,Surgery,B\n")
    assert answer.status_code == 422
    assert [(fault.line, fault.column) for fault in answer.context["faults"]] == [(2, "kind")]
    assert not Import.objects.exists()
    assert "No column is called" in upload(office, "a,b\n").content.decode()
    assert "This file is empty" in upload(office, "").content.decode()
    assert "Choose a file first" in office.post(page("read_in")).content.decode()


def test_confirm_import_shows_it_first_and_takes_it_in_once(office):
    answer = upload(office, "entry;kind;name\nPractice;Surgery;Clínica Ñandú\n", "cp1252")
    made = Import.objects.get()
    shown = office.get(answer.url)
    assert "Clínica Ñandú" in shown.content.decode()
    assert "Windows-1252" in shown.content.decode()
    assert not Entry.objects.exists()
    seen = shown.context["form"]["fingerprint"].value()
    assert office.post(page("confirm_import", made.pk), {"fingerprint": "old"}).status_code == 422
    assert office.post(page("confirm_import", made.pk), {"fingerprint": seen}).status_code == 302
    assert Entry.objects.get().name == "Clínica Ñandú"
    assert office.post(page("confirm_import", made.pk), {"fingerprint": seen}).status_code == 422
    assert "Taken in" in office.get(page("confirm_import", made.pk)).content.decode()
    assert Entry.objects.count() == 1


def test_confirm_import_asks_about_a_line_that_is_alike_and_shows_anew_what_changed(office):
    a_practice(name="Bilberry Clinic")
    url = upload(office, "entry,kind,name\nPractice,Surgery,Bilbery Clinic\n").url
    seen = office.get(url).context["form"]["fingerprint"].value()
    assert office.post(url, {"fingerprint": seen, "line-2": "999999"}).status_code == 422
    newer = a_practice(name="Billbery Clinic")
    refused = office.post(url, {"fingerprint": seen, "line-2": "new"})
    assert "changed since" in refused.content.decode()
    assert newer in [other for planned, _field in refused.context["form"].beside for other in planned.alike]
    again = refused.context["form"]["fingerprint"].value()
    assert office.post(url, {"fingerprint": again, "line-2": "new"}).status_code == 302
    assert Entry.objects.filter(name="Bilbery Clinic").exists()


def test_example_is_read_without_a_fault(office):
    content = b"".join(office.get(page("example")).streaming_content).decode()
    assert upload(office, content).status_code == 302


def test_export_entries_is_the_list_as_it_is_narrowed_without_formulas(office):
    a_practice(name="=cmd|' /C calc'!A0", phone="+1 555 0142")
    a_practice(name="Quince", kind="surgery")
    answer = office.get(page("export_entries"), {"kind": "physical_therapy"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert answer["Content-Type"].startswith("text/csv")
    assert "'=cmd|" in text
    assert "'+1 555" in text
    assert "Quince" not in text
    assert Event.objects.filter(verb="directory.exported").count() == 1
