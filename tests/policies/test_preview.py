"""What a version would change: weighed in batches by workers, as the case page weighs, and read by those who may."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from bench.made_up import fill
from clinic.audit import clock
from clinic.audit.actions import Refused
from clinic.audit.actor import SYSTEM
from clinic.audit.models import Event
from clinic.candidacy.casefile import CaseFile
from clinic.candidacy.weighing import weigh as weigh_for_page
from clinic.people.models import Role
from clinic.policies import preview as reading
from clinic.policies.actions import plans, previewing, versions
from clinic.policies.flips import NotWeighed, weigh
from clinic.policies.kept import Kept
from clinic.policies.models import Batch, Flip, Preview, Version
from clinic.policies.tasks import weigh as weigh_task
from clinic.record import actions as on_record
from clinic.record.facts import assemble, planned_day
from clinic.record.models import Case, Stage, Therapy
from clinic.record.reading import with_rows
from tests.candidacy.scenes import TODAY, a_known_case
from tests.factories import a_clinic, a_location, a_patient, a_user, actor
from tests.policies.test_flips import FIVE_WEEKS
from tests.post.worker import run_once

pytestmark = pytest.mark.django_db
DAY = TODAY.date()


@pytest.fixture(autouse=True)
def _first_of_june(db):
    with clock.at(TODAY):
        yield


@pytest.fixture
def doctor():
    return a_user(Role.DOCTOR, name="Dr. Test Larch")


@pytest.fixture
def newer():
    return Version.objects.get(version="EV-B")


@pytest.fixture
def five_weeks():
    return a_known_case({"therapies": FIVE_WEEKS}, payer="Cigna")


@pytest.fixture
def small_batches(monkeypatch):
    monkeypatch.setattr(previewing, "SIZE", 2)


def started(version, by, day=DAY) -> Preview:
    return previewing.start(version=version, from_day=day, by=actor(by))


def carried_out(version, by) -> Preview:
    preview = started(version, by)
    run_once()
    preview.refresh_from_db()
    return preview


def desk_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(version, verb: str = "preview") -> str:
    return reverse(f"policies:{verb}", args=[version.sha256])


class TestWeighing:
    def test_the_flip_is_found_through_the_clause_that_turns_it(self, newer, doctor, five_weeks):
        a_known_case()
        preview = carried_out(newer, doctor)
        assert preview.ending == "done"
        assert str(preview.instead_of) == "evicore-cmm-200@EV-A"
        flip = preview.flips.get()
        assert (flip.case, flip.before, flip.after) == (five_weeks, "met", "not_met")
        assert flip.turns == [{"clause": "conservative-care", "before": "met", "after": "not_met"}]
        assert reading.progress(preview).weighed == 2

    @pytest.mark.usefixtures("five_weeks")
    def test_patients_of_the_set_s_plans_are_told_apart(self, newer, doctor):
        a_known_case({"therapies": FIVE_WEEKS}, payer="Test Mutual")
        a_known_case({"therapies": FIVE_WEEKS}, payer="  cigna ", plan_name="Test Choice")
        other = a_known_case({"therapies": FIVE_WEEKS}, payer="Cigna", plan_name="Test Other")
        by = actor(a_user(Role.ADMINISTRATOR))
        plans.map_plan(payer="Cigna", plan_name="Test Other", key="medicare-lcd", by=by)
        preview = carried_out(newer, doctor)
        own = {flip.case_id: flip.own for flip in preview.flips.all()}
        for case in Case.objects.all():
            goes_by = [each.of.key for each in CaseFile.of(case).own_results]
            assert own[case.pk] == (goes_by == [newer.key]), case.patient.payer
        assert not own[other.pk]
        assert sum(way.own for way in reading.ways(preview)) == 2

    @pytest.mark.usefixtures("five_weeks")
    def test_decided_and_withdrawn_cases_are_not_weighed(self, newer, doctor):
        for stage in (Stage.DECIDED, Stage.WITHDRAWN):
            case = a_known_case({"therapies": FIVE_WEEKS})
            on_record.move_case(case=case, to=stage, by=actor(doctor))
        assert carried_out(newer, doctor).flips.count() == 1

    def test_what_cannot_be_weighed_is_counted_apart(self, newer, doctor):
        a_known_case({"red_flags": {"saddle_numbness": True}})
        a_known_case({"therapies": [FIVE_WEEKS[0] | {"from": "2026-05-19"}]})
        stopped = a_known_case({"therapies": FIVE_WEEKS})
        by = {"signs": ["saddle_numbness"], "by": actor(stopped.patient.user)}
        on_record.raise_alert(case=stopped, kind="urgent", **by)
        found = reading.progress(carried_out(newer, doctor))
        assert (found.weighed, found.urgent, found.impossible) == (0, 2, 1)

    def test_a_case_is_weighed_on_the_day_asked_for_or_on_its_planned_day(self, newer, doctor):
        a_known_case({"therapies": [{"kind": "home_exercise", "from": "2026-05-01", "ongoing": True}]})
        assert carried_out(newer, doctor).flips.count() == 1
        started(newer, doctor, DAY + timedelta(days=20))  # by then it is more than six weeks
        run_once()
        assert Flip.objects.count() == 0

    def test_verdicts_are_those_of_the_case_page(self, doctor):
        fill(connection.connection, 60, DAY, doctor.pk, a_location().pk)
        strange = Case.objects.order_by("pk").first()
        put = {"case": strange, "said_by": "patient", "by": actor(doctor)}
        on_record.put(model=Therapy, key=None, kind="nobody knows this kind", **put)
        rules = [Version.objects.get(version=name).kept.criteria for name in ("EV-A", "EV-B")]
        seen = set()
        for (case, rows), loaded in zip(
            with_rows(Case.objects.select_related("patient").order_by("pk")),
            Case.objects.with_record().order_by("pk"),
            strict=True,
        ):
            as_of = planned_day(loaded, DAY)
            page = weigh_for_page(assemble(loaded, as_of), as_of, map(Kept, rules))
            found = weigh(rows, DAY, *rules, stopped=False)
            seen.add(str(found) if isinstance(found, NotWeighed) else found.before)
            if isinstance(found, NotWeighed):
                assert found == ("impossible" if page.problems else "urgent" if page.urgent else None), case
            else:
                assert [found.before, found.after] == [result.outcome for result in page.results], case
        assert {"impossible", "urgent", "met", "not_met", "cannot_tell"} <= seen

    def test_a_batch_costs_as_many_queries_whatever_its_size(self, newer, doctor):
        fill(connection.connection, 30, DAY, doctor.pk, a_location().pk)
        preview = started(newer, doctor)
        batch = preview.batches.get()
        few = Batch(preview=preview, first_case=batch.first_case, last_case=batch.first_case + 1)
        spent = []
        for each in (few, batch):
            with CaptureQueriesContext(connection) as context:
                list(reading.weighed(each))
            spent.append(len(context))
        assert spent == [9, 9]


@pytest.mark.usefixtures("small_batches")
class TestCarryingOut:
    @pytest.fixture
    def preview(self, newer, doctor):
        for _ in range(5):
            a_known_case({"therapies": FIVE_WEEKS})
        return started(newer, doctor)

    def weigh(self, batch: Batch) -> None:
        previewing.weigh_batch(batch_id=batch.pk, by=SYSTEM)

    def test_each_batch_is_a_job_behind_the_mail(self, preview):
        jobs = ProcrastinateJob.objects.filter(task_name="policies.weigh")
        assert {job.args["batch_id"] for job in jobs} == {batch.pk for batch in preview.batches.all()}
        assert {job.priority for job in jobs} == {previewing.BEHIND_MAIL}
        assert [batch.cases for batch in preview.batches.order_by("pk")] == [2, 2, 1]

    def test_progress_grows_batch_by_batch_and_the_last_one_ends_it(self, preview):
        shares = []
        for batch in preview.batches.order_by("-pk"):  # in any order
            self.weigh(batch)
            shares.append(reading.progress(preview).percent)
        preview.refresh_from_db()
        assert shares == [20, 60, 100]
        assert preview.ending == "done"
        assert Event.objects.filter(verb="preview.done").count() == 1

    def test_a_batch_is_weighed_once(self, preview):
        batch = preview.batches.first()
        for _ in range(2):
            self.weigh(batch)
        assert Flip.objects.count() == 2
        assert reading.progress(preview).weighed == 2

    def test_stopped_it_weighs_no_further_and_keeps_what_was_found(self, preview, doctor):
        first, second, _ = preview.batches.order_by("pk")
        self.weigh(first)
        previewing.cancel(preview=preview, by=actor(doctor))
        self.weigh(second)
        preview.refresh_from_db()
        assert preview.ending == "cancelled"
        assert Flip.objects.count() == 2
        with pytest.raises(Refused):
            previewing.cancel(preview=preview, by=actor(doctor))

    def test_started_again_it_takes_the_earlier_one_s_place(self, preview, newer, doctor):
        old = list(preview.batches.values_list("pk", flat=True))
        self.weigh(preview.batches.first())
        again = started(newer, doctor)
        for pk in old:
            previewing.weigh_batch(batch_id=pk, by=SYSTEM)  # jobs of the earlier one find nothing to do
        assert Preview.objects.get() == again
        assert Flip.objects.count() == 0
        run_once()
        assert again.flips.count() == 5

    def test_what_a_dead_worker_left_is_handed_out_again(self, preview):
        first, *left = preview.batches.order_by("pk")
        self.weigh(first)
        ProcrastinateJob.objects.all().delete()
        previewing.sweep()
        assert not ProcrastinateJob.objects.exists()
        with clock.at(TODAY + timedelta(minutes=3)):
            previewing.sweep()
        jobs = ProcrastinateJob.objects.filter(task_name="policies.weigh")
        assert [job.args["batch_id"] for job in jobs.order_by("pk")] == [batch.pk for batch in left]
        run_once()
        preview.refresh_from_db()
        assert preview.ending == "done"

    def test_a_fault_of_the_software_ends_it_and_is_said(self, preview, monkeypatch):
        def broken(batch):
            raise TypeError("a fault")

        monkeypatch.setattr(previewing, "weighed", broken)
        with pytest.raises(TypeError):
            weigh_task(batch_id=preview.batches.first().pk)
        preview.refresh_from_db()
        assert preview.ending == "failed"

    def test_no_open_case_is_no_work(self, newer, doctor):
        preview = started(newer, doctor)
        preview.refresh_from_db()
        assert preview.ending == "done"


class TestStarting:
    def test_a_day_that_has_passed_is_refused(self, newer, doctor):
        with pytest.raises(Refused, match="passed"):
            started(newer, doctor, DAY - timedelta(days=1))

    def test_with_nothing_to_compare_it_is_refused(self, doctor):
        with pytest.raises(Refused, match="nothing"):
            started(Version.objects.get(key="medicare-lcd"), doctor)

    def test_what_is_planned_for_the_day_is_compared_with(self, newer, doctor):
        older = Version.objects.get(version="EV-A")
        versions.sign_off(version=newer, name="Dr. Test Larch", checked_against="CMM-200", by=actor(doctor))
        versions.take_effect(version=newer, from_day=DAY + timedelta(days=9), by=actor(doctor))
        assert reading.likely_day(newer, DAY) == DAY + timedelta(days=9)
        assert reading.counting_without(older, DAY + timedelta(days=8)) is None
        assert reading.counting_without(older, DAY + timedelta(days=9)) == newer
        assert reading.counting_without(newer, DAY + timedelta(days=9)) == older


class TestThePage:
    def test_preview_before_it_was_weighed_shows_the_clauses_that_differ(self, newer, doctor):
        a_clinic()
        page = desk_of(doctor).get(address(newer)).content.decode()
        assert "What evicore-cmm-200@EV-B would change" in page
        assert "Clause by clause" in page
        assert "Weigh the open cases" in page

    def test_start_preview_and_look_until_it_is_done(self, newer, doctor, five_weeks):
        desk = desk_of(doctor)
        assert desk.post(address(newer, "start_preview"), {"from_day": DAY.isoformat()}).status_code == 302
        running = desk.get(address(newer)).content.decode()
        assert '<progress class="gauge" max="1" value="0"' in running
        assert "Show how far it is" in running
        assert five_weeks.reference not in running
        part = desk.get(address(newer), headers={"HX-Request": "true"})
        assert b"<html" not in part.content
        assert "HX-Refresh" not in part.headers
        run_once()
        assert desk.get(address(newer), headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
        done = desk.get(address(newer)).content.decode()
        assert "1 of 1 open case would flip" in done
        assert f'href="{reverse("candidacy:case", args=[five_weeks.reference])}?set=evicore-cmm-200"' in done
        assert "As of 1 June 2026" in done

    def test_a_list_names_its_patients_in_the_log(self, newer, doctor, five_weeks):
        carried_out(newer, doctor)
        desk_of(doctor).get(address(newer))
        assert Event.objects.get(verb="preview.opened").patient_ids == [five_weeks.patient_id]

    def test_an_administrator_sees_counts_and_nobody(self, newer, doctor, five_weeks):
        carried_out(newer, doctor)
        page = desk_of(a_user(Role.ADMINISTRATOR)).get(address(newer)).content.decode()
        assert "1 of 1 open case would flip" in page
        assert five_weeks.reference not in page
        assert str(five_weeks.patient) not in page
        assert Event.objects.get(verb="preview.opened").patient_ids == []

    @pytest.mark.parametrize(
        ("asked", "listed"),
        [
            ("", True),
            ("way=met-not_met&clause=conservative-care&own=1", True),
            ("way=review-met", False),
            ("clause=imaging", False),
            ("way=nonsense&clause=%00&own=x&after=many", True),
        ],
    )
    def test_filters(self, newer, doctor, five_weeks, asked, listed):
        carried_out(newer, doctor)
        page = desk_of(doctor).get(f"{address(newer)}?{asked}").content.decode()
        assert (five_weeks.reference in page) == listed

    def test_a_long_list_goes_on(self, newer, doctor, monkeypatch):
        monkeypatch.setattr(reading, "SIZE", 2)
        cases = [a_known_case({"therapies": FIVE_WEEKS}) for _ in range(3)]
        preview = carried_out(newer, doctor)
        first = reading.page(preview, doctor, reading.Filters())
        after = int(first.more_url.partition("after=")[2])
        rest = reading.page(preview, doctor, reading.Filters(after=after))
        assert [row.flip.case for row in (*first.rows, *rest.rows)] == cases
        assert rest.more_url == ""

    def test_whoever_is_merged_into_another_is_not_listed(self, newer, doctor, five_weeks):
        preview = carried_out(newer, doctor)
        five_weeks.patient.merged_into = a_patient()
        five_weeks.patient.save()
        assert reading.page(preview, doctor, reading.Filters()).rows == []

    def test_start_preview_for_a_day_that_has_passed_says_so(self, newer, doctor):
        a_clinic()
        answer = desk_of(doctor).post(address(newer, "start_preview"), {"from_day": "2026-05-31"})
        assert answer.status_code == 422
        assert "The day has passed" in answer.content.decode()

    @pytest.mark.usefixtures("five_weeks")
    def test_cancel_preview(self, newer, doctor):
        started(newer, doctor)
        answer = desk_of(doctor).post(address(newer, "cancel_preview"), follow=True).content.decode()
        assert "Somebody stopped it" in answer
