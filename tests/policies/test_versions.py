"""The clinic's own copies: taken in, uploaded, signed off, counting from a day, and never rewritten."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from clinic.audit.actions import Refused
from clinic.audit.actor import SYSTEM
from clinic.audit.models import Event
from clinic.criteria import sets
from clinic.criteria.sets import Faulty
from clinic.people.lists import clinic_day
from clinic.policies.actions import plans, shipped, versions
from clinic.policies.models import Effect, PlanMapping, Version
from clinic.policies.reading import in_effect, own_key
from tests.factories import a_user, actor

pytestmark = pytest.mark.django_db
LCD = "medicare-lcd"


@pytest.fixture
def administrator():
    return actor(a_user("administrator"))


@pytest.fixture
def doctor():
    return actor(a_user("doctor", name="Dr. Test Larch"))


def shipped_text(name: str) -> str:
    return (sets.FOLDER / f"{name}.toml").read_text()


def of_the_clinic(version: str = "2027-01-01") -> str:
    return shipped_text(f"{LCD}@2026-06-05").replace('version = "2026-06-05"', f'version = "{version}"')


def counting(day: date, key: str = LCD) -> str:
    return next(kept.criteria.version for kept in in_effect(day) if kept.criteria.key == key)


class TestTakingIn:
    def test_every_shipped_document_is_there_word_for_word_after_migrating(self):
        assert {row.text for row in Version.objects.all()} == {f.read_text() for f in sets.FOLDER.glob("*.toml")}

    def test_current_ones_count_from_the_beginning_and_are_not_signed_off(self):
        kept = in_effect(date(2020, 1, 1))
        assert [each.criteria for each in kept] == list(sets.shipped())
        assert all(each.signed_off is None for each in kept)

    def test_again_changes_nothing(self):
        assert shipped.take_in_shipped(by=SYSTEM) == []
        assert Effect.objects.count() == len(sets.shipped())

    @pytest.fixture
    def a_newer_one_ships(self, tmp_path, monkeypatch):
        for file in sets.FOLDER.glob("*.toml"):
            (tmp_path / file.name).write_text(file.read_text())
        (tmp_path / f"{LCD}@2026-06-05.toml").write_text(of_the_clinic("2027-02-02"))
        monkeypatch.setattr(sets, "FOLDER", tmp_path)
        sets._all.cache_clear()
        yield
        sets._all.cache_clear()

    @pytest.mark.usefixtures("a_newer_one_ships")
    def test_a_newer_one_counts_from_today_where_nobody_touched_the_set(self):
        shipped.take_in_shipped(by=SYSTEM)
        today = clinic_day()
        assert counting(today - timedelta(days=2)) == "2026-06-05"
        assert counting(today + timedelta(days=1)) == "2027-02-02"

    @pytest.mark.usefixtures("a_newer_one_ships")
    def test_a_newer_one_is_a_draft_where_the_clinic_signed_the_older(self, doctor):
        versions.sign_off(version=Version.objects.get(key=LCD), name="Dr. Test Larch", checked_against="x", by=doctor)
        shipped.take_in_shipped(by=SYSTEM)
        assert counting(clinic_day() + timedelta(days=1)) == "2026-06-05"
        assert Version.objects.drafts().filter(version="2027-02-02").exists()


class TestUpload:
    def test_it_is_a_draft_that_does_not_count(self, administrator):
        version = versions.upload(text=of_the_clinic(), by=administrator)
        assert version.text == of_the_clinic()
        assert counting(clinic_day()) == "2026-06-05"
        assert Event.objects.filter(verb="set.uploaded", object_id=str(version.pk)).exists()

    def test_a_faulty_document_is_refused_with_its_line(self, administrator):
        with pytest.raises(Faulty) as faulty:
            versions.upload(text=of_the_clinic().replace("weeks = 4", "weeks = -4"), by=administrator)
        assert "weeks = -4" in of_the_clinic().replace("weeks = 4", "weeks = -4").splitlines()[faulty.value.line - 1]

    def test_a_version_that_is_there_is_never_replaced(self, administrator):
        with pytest.raises(Refused, match="stays as it is"):
            versions.upload(text=shipped_text(f"{LCD}@2026-06-05") + "\n", by=administrator)

    def test_of_two_at_the_same_moment_the_second_is_told(self, administrator, monkeypatch):
        versions.upload(text=of_the_clinic(), by=administrator)
        monkeypatch.setattr(Version.objects, "filter", lambda **_: Version.objects.none())  # it does not see the first
        with pytest.raises(Refused, match="this very moment"):
            versions.upload(text=of_the_clinic(), by=administrator)

    @pytest.mark.parametrize("write", [{"text": "x"}, {"version": "x"}, {"sha256": "0" * 64}])
    def test_the_database_refuses_to_rewrite_a_version(self, write):
        with pytest.raises(DatabaseError), transaction.atomic():
            Version.objects.filter(key=LCD).update(**write)


class TestSigningOff:
    def test_it_stands_on_every_result(self, doctor):
        version = Version.objects.get(key=LCD)
        versions.sign_off(version=version, name=" Dr. Test Larch ", checked_against="LCD L39240, R5", by=doctor)
        signed = next(kept.signed_off for kept in in_effect(clinic_day()) if kept.criteria.key == LCD)
        assert (signed.name, signed.on, signed.checked_against) == (
            "Dr. Test Larch",
            clinic_day(),
            "LCD L39240, R5",
        )

    @pytest.mark.parametrize(("name", "against"), [("", "LCD"), ("Dr. Test Rowan", "LCD"), ("Dr. Test Larch", " ")])
    def test_it_needs_the_doctor_s_own_name_and_the_document(self, doctor, name, against):
        with pytest.raises(Refused):
            versions.sign_off(version=Version.objects.get(key=LCD), name=name, checked_against=against, by=doctor)

    def test_a_double_click_signs_once(self, doctor):
        version = Version.objects.get(key=LCD)
        for _ in range(2):
            versions.sign_off(version=version, name="dr. test  larch", checked_against="LCD", by=doctor)
        assert [signed.signed_name for signed in version.sign_offs.all()] == ["Dr. Test Larch"]
        assert Event.objects.filter(verb="set.signed_off").count() == 1


class TestCounting:
    def test_a_draft_cannot_count(self, administrator):
        version = versions.upload(text=of_the_clinic(), by=administrator)
        with pytest.raises(Refused, match="sign this version off"):
            versions.take_effect(version=version, from_day=clinic_day(), by=administrator)

    @pytest.fixture
    def signed(self, administrator, doctor):
        version = versions.upload(text=of_the_clinic(), by=administrator)
        versions.sign_off(version=version, name="Dr. Test Larch", checked_against="x", by=doctor)
        return version

    def test_it_counts_from_its_day_and_the_one_before_ends(self, signed, administrator):
        day = clinic_day() + timedelta(days=30)
        versions.take_effect(version=signed, from_day=day, by=administrator)
        assert counting(day - timedelta(days=1)) == "2026-06-05"
        assert counting(day) == "2027-01-01"

    def test_a_plan_is_changed_by_a_later_word_for_the_same_day(self, signed, administrator):
        day = clinic_day() + timedelta(days=30)
        versions.take_effect(version=signed, from_day=day, by=administrator)
        versions.end(key=LCD, from_day=day, by=administrator)
        assert LCD not in {kept.criteria.key for kept in in_effect(day)}

    def test_the_past_stays(self, signed, administrator):
        with pytest.raises(Refused, match="has passed"):
            versions.take_effect(version=signed, from_day=clinic_day() - timedelta(days=1), by=administrator)


class TestPlans:
    @pytest.mark.parametrize(
        ("payer", "plan", "key"),
        [
            ("Medicare", "", LCD),
            ("  MEDICARE ", "anything", LCD),
            ("Médicare", "", LCD),
            ("Nobody Insurance", "", None),
            ("", "Gold", None),
        ],
    )
    def test_a_payer_is_found_however_it_is_written(self, payer, plan, key):
        assert own_key(payer, plan) == key

    def test_a_plan_goes_before_its_payer(self, administrator):
        plans.map_plan(payer="Medicare", plan_name="Advantage  Gold", key="cam-136", by=administrator)
        assert own_key("medicare", "advantage gold") == "cam-136"
        assert own_key("medicare", "other") == LCD

    def test_said_again_it_changes_and_forgotten_it_is_gone(self, administrator):
        plans.map_plan(payer="medicare", plan_name="", key="cam-136", by=administrator)
        assert own_key("Medicare") == "cam-136"
        plans.unmap_plan(mapping=PlanMapping.objects.get(payer="Medicare"), by=administrator)
        assert own_key("Medicare") is None

    @pytest.mark.parametrize(("payer", "key"), [(" ", LCD), ("Somebody", "no-such-set")])
    def test_nonsense_is_refused(self, administrator, payer, key):
        with pytest.raises(Refused):
            plans.map_plan(payer=payer, plan_name="", key=key, by=administrator)

    def test_of_two_at_the_same_moment_the_second_is_told(self, administrator, monkeypatch):
        plans.map_plan(payer="Test Mutual", plan_name="", key=LCD, by=administrator)
        monkeypatch.setattr(PlanMapping.objects, "of_payer", lambda _: PlanMapping.objects.none())
        with pytest.raises(Refused, match="this very moment"):
            plans.map_plan(payer="Test Mutual", plan_name="", key="cam-136", by=administrator)
        assert PlanMapping.objects.get(payer="Test Mutual").key == LCD
