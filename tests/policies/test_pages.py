"""The pages of the rules: who reads, uploads, signs, gives a day, and what the public reads."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from clinic.audit.models import Event
from clinic.people.lists import clinic_day
from clinic.policies.actions import plans, versions
from clinic.policies.models import Effect, PlanMapping, SignOff, Version
from clinic.policies.shelf import standings
from tests.factories import a_clinic, a_patient, a_user, actor

from .test_versions import LCD, of_the_clinic

pytestmark = pytest.mark.django_db
PUBLIC = "/plans/"


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def doctor():
    a_clinic()
    return a_user("doctor", name="Dr. Test Larch")


@pytest.fixture
def administrator():
    a_clinic()
    return a_user("administrator")


def text_of(page) -> str:
    return page.content.decode()


def shipped(key: str = LCD) -> Version:
    return Version.objects.filter(key=key).earliest("pk")


def sign(version: Version, doctor) -> None:
    versions.sign_off(version=version, name="Dr. Test Larch", checked_against="LCD L39240", by=actor(doctor))


def to(view: str, version: Version, *more: str) -> str:
    return reverse(f"policies:{view}", args=[version.sha256, *more])


class TestReading:
    def test_sets_says_what_counts_and_that_nobody_signed_it(self, administrator):
        page = text_of(signed_in(administrator).get("/rules/"))
        assert page.count("not yet</span>") == len(standings(clinic_day()))

    def test_version_shows_every_line_and_clause_and_where_it_came_from(self, doctor):
        version = shipped()
        page = text_of(signed_in(doctor).get(to("version", version)))
        assert f'id="line-{len(version.text.splitlines())}"' in page
        assert all(f'id="clause-{clause.key}"' in page for clause in version.criteria.clauses)
        assert "Came with the software" in page
        assert "not yet signed off by this clinic" in page

    def test_document_is_handed_out_word_for_word(self, doctor):
        version = shipped()
        answer = signed_in(doctor).get(to("document", version))
        assert answer.content.decode() == version.text
        assert f'filename="{version}.toml"' in answer["Content-Disposition"]

    def test_differences_tell_words_from_weight(self, doctor):
        older, newer = Version.objects.filter(key="evicore-cmm-200").order_by("version")
        page = text_of(signed_in(doctor).get(to("differences", newer, older.sha256)))
        assert "weighs otherwise" in page
        assert '<del class="diff">4 </del><ins class="diff">6 </ins>' in page

    def test_differences_of_two_sets_are_not_found(self, doctor):
        answer = signed_in(doctor).get(to("differences", shipped(), shipped("cam-136").sha256))
        assert answer.status_code == 404


class TestUpload:
    def test_upload_with_faults_names_each_line_and_keeps_the_text(self, administrator):
        faulty = of_the_clinic().replace("weeks = 4", "weeks = -4").replace('kind = "levels"', 'kind = "level"')
        answer = signed_in(administrator).post("/rules/upload/", {"text": faulty})
        page = text_of(answer)
        assert answer.status_code == 422
        assert "weeks = -4</code>" in page
        assert "a whole number from 1 to 104" in page
        assert "kind = &quot;level&quot;</code>" in page
        assert "weeks = -4" in page.split("<textarea")[1]
        assert not Version.objects.filter(version="2027-01-01").exists()

    def test_upload_of_a_file_becomes_a_draft(self, administrator):
        sent = of_the_clinic().replace("\n", "\r\n").encode()
        file = SimpleUploadedFile("mine.toml", sent, content_type="application/toml")
        answer = signed_in(administrator).post("/rules/upload/", {"file": file})
        version = Version.objects.get(version="2027-01-01")
        assert answer["Location"] == to("version", version)
        assert version.text == of_the_clinic()

    @pytest.mark.parametrize(
        "sent", [{}, {"text": " "}, {"file": SimpleUploadedFile("x.toml", b"\xff\xfe\x00")}, {"text": "x" * 300_000}]
    )
    def test_upload_of_nothing_or_of_nonsense_is_refused(self, administrator, sent):
        assert signed_in(administrator).post("/rules/upload/", sent).status_code == 422


class TestSigningAndDays:
    def typed(self, version: Version, **changed: object) -> dict[str, object]:
        compared = [clause.key for clause in version.criteria.clauses]
        return {"compared": compared, "checked_against": "LCD L39240", "name": "Dr. Test Larch"} | changed

    def test_sign_off_stands_in_the_history(self, doctor):
        version = shipped()
        desk = signed_in(doctor)
        desk.post(to("sign_off", version), self.typed(version))
        assert "Signed off by <strong>Dr. Test Larch</strong>, against LCD L39240" in text_of(
            desk.get(to("version", version))
        )

    def test_sign_off_names_the_clauses_that_were_not_compared_and_keeps_what_was_typed(self, doctor):
        version = shipped()
        answer = signed_in(doctor).post(to("sign_off", version), self.typed(version, compared=["severity"]))
        page = text_of(answer)
        assert answer.status_code == 422
        assert "Not compared yet: Diagnosis and pain pattern, Care tried first" in page
        assert "LCD L39240</textarea>" in page
        assert page.count("checked>") == 1
        assert not SignOff.objects.exists()

    def test_begin_plans_a_day_and_take_back_undoes_it(self, doctor):
        newer = Version.objects.get(version="EV-B")
        sign(newer, doctor)
        desk, day = signed_in(doctor), clinic_day() + timedelta(days=9)
        assert "evicore-cmm-200@EV-A ends" in text_of(desk.get(to("begin", newer)))
        desk.post(to("begin", newer), {"from_day": day.isoformat()})
        (standing,) = standings(clinic_day(), newer.key)
        assert [each.version for each in standing.next] == [newer]
        desk.post(reverse("policies:take_back", args=[standing.next[0].effect.pk]))
        (standing,) = standings(clinic_day(), newer.key)
        assert standing.next == []
        assert Effect.objects.filter(key=newer.key).count() == 3

    @pytest.mark.parametrize("days", [-1, 0])
    def test_begin_refuses_a_draft_and_a_day_that_has_passed(self, doctor, days):
        newer = Version.objects.get(version="EV-B")
        if days:
            sign(newer, doctor)
        day = clinic_day() + timedelta(days=days)
        assert signed_in(doctor).post(to("begin", newer), {"from_day": day.isoformat()}).status_code == 422

    def test_end_lets_a_set_no_longer_count(self, administrator):
        desk = signed_in(administrator)
        desk.post(f"/rules/set/{LCD}/end/", {"from_day": clinic_day().isoformat()})
        (standing,) = standings(clinic_day(), LCD)
        assert standing.now is None
        assert "does not count" in text_of(desk.get("/rules/"))


class TestPlans:
    def test_plans_counts_what_patients_named_without_their_names(self, administrator):
        for payer in ("Test Mutual", "test mutual", "Cigna"):
            a_patient(payer=payer)
        page = text_of(signed_in(administrator).get("/rules/plans/"))
        assert '<th scope="row">Test Mutual</th>' in page
        assert '<td data-label="Patients" class="number">2</td>' in page
        assert 'value="Cigna"' not in page
        assert "Alder" not in page
        assert Event.objects.filter(verb="payers.counted", patient_ids=[]).exists()

    def test_one_click_maps_what_was_named(self, administrator):
        a_patient(payer="Test Mutual", plan_name="Gold")
        desk = signed_in(administrator)
        desk.post("/rules/plans/", {"payer": "Test Mutual", "plan_name": "Gold", "key": LCD})
        assert "Named by patients" not in text_of(desk.get("/rules/plans/"))

    def test_change_plan_and_remove_plan(self, administrator):
        desk, mapping = signed_in(administrator), PlanMapping.objects.get(payer="Cigna")
        desk.post(f"/rules/plans/{mapping.pk}/change/", {"key": LCD})
        mapping.refresh_from_db()
        assert mapping.key == LCD
        desk.post(f"/rules/plans/{mapping.pk}/remove/")
        assert not PlanMapping.objects.filter(payer="Cigna").exists()


class TestWhatPlansAsk:
    def test_it_shows_nothing_that_this_clinic_did_not_sign_off(self, client):
        a_clinic()
        page = text_of(client.get(PUBLIC))
        assert "We have not checked any plan" in page
        assert "555 0100" in page
        assert "Medicare" not in page

    def test_it_shows_a_signed_set_with_who_checked_it(self, client, doctor):
        sign(shipped(), doctor)
        page = text_of(client.get(PUBLIC))
        assert "Checked and signed off by Dr. Test Larch" in page
        assert "no promise that your plan will pay" in page
        assert "eviCore" not in page

    def test_what_is_planned_or_ended_does_not_stand_there(self, client, doctor):
        newer = Version.objects.get(version="EV-B")
        sign(newer, doctor)
        tomorrow = clinic_day() + timedelta(days=1)
        versions.take_effect(version=newer, from_day=tomorrow, by=actor(doctor))
        assert "eviCore" not in text_of(client.get(PUBLIC))

    def test_one_plan_by_itself_in_the_readers_language(self, client, doctor):
        sign(shipped(), doctor)
        client.cookies["django_language"] = "es"
        page = text_of(client.get(PUBLIC, {"plan": LCD}))
        assert "Usted ha tenido el dolor por al menos 4 semanas" in page
        assert "Tratamientos probados antes" in page

    def test_where_a_set_has_no_plain_words_ours_stand_there_marked_as_english(self, client, doctor, administrator):
        lines = [line for line in of_the_clinic().splitlines() if not line.startswith("plain.")]
        version = versions.upload(text="\n".join(lines), by=actor(administrator))
        sign(version, doctor)
        versions.take_effect(version=version, from_day=clinic_day(), by=actor(doctor))
        client.cookies["django_language"] = "es"
        assert '<p lang="en">The pain limits daily life or function' in text_of(client.get(PUBLIC, {"plan": LCD}))

    def test_it_says_not_stated_where_one_of_two_sets_is_silent(self, client, doctor):
        for key in (LCD, "cam-136"):
            sign(shipped(key), doctor)
        assert "Not stated" in text_of(client.get(PUBLIC))

    @pytest.mark.parametrize(
        ("payer", "says"),
        [
            ("  MEDICARE ", 'id="plan-title">Medicare<'),
            ("Cigna", "have not checked its rules yet"),
            ("Nobody\x00", "We do not know which rules this plan goes by"),
        ],
    )
    def test_a_plan_is_found_by_its_name(self, client, doctor, payer, says):
        sign(shipped(), doctor)
        assert says in text_of(client.get(PUBLIC, {"payer": payer}))

    def test_it_costs_the_same_however_many_versions_there_are(
        self, client, doctor, administrator, django_assert_max_num_queries
    ):
        sign(shipped(), doctor)
        for number in range(5):
            versions.upload(text=of_the_clinic(f"2027-01-0{number + 1}"), by=actor(administrator))
        plans.map_plan(payer="Test", plan_name="", key=LCD, by=actor(administrator))
        with django_assert_max_num_queries(8):
            client.get(PUBLIC, {"payer": "test"})
