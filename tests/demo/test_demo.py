"""The demo clinic loads through the project's own actions, and every stage of the way stands in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import TestCase, override_settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override

from clinic.audit.models import Event
from clinic.authorization.models import Step
from clinic.candidacy.casefile import CaseFile
from clinic.candidacy.models import Decision, InformationRequest, Outcome
from clinic.demo.house import ADMINISTRATOR, PASSWORD, WORKERS
from clinic.demo.stories import STORIES
from clinic.intake.models import Answer, Intake
from clinic.intake.questions import PLAIN
from clinic.outside.models import RecordRequest, overdue_at
from clinic.people.models import Patient, PrivateLink, User
from clinic.policies.models import Preview
from clinic.policies.preview import progress
from clinic.post.models import Message, State
from clinic.record.models import Alert, Case, Document, Stage
from clinic.treatment.checkins.reading import came_to, last_ones
from clinic.treatment.pathway.models import Pathway
from tests import databases
from tests.demo import pages
from tests.factories import a_user


def load() -> str:
    said = StringIO()
    call_command("demo", stderr=said)
    return said.getvalue()


def the_case(family_name: str) -> Case:
    return Case.objects.select_related("claimed_by").get(patient__family_name=family_name)


def outcome(family_name: str, policy: str) -> str:
    result = CaseFile.of(the_case(family_name)).weighed.result(policy)
    return str(result.outcome)


@contextmanager
def on_a_clone(template: str) -> Iterator[None]:
    """Have Django work on a clone of a template, and read what was uploaded when that was made."""
    before = connection.settings_dict["NAME"]
    with databases.clone(template) as name, override_settings(MEDIA_ROOT=settings.STATE_DIR / "media"):
        _turn_to(name)
        try:
            yield
        finally:
            _turn_to(before)


def _turn_to(database: str) -> None:
    connection.close()
    connection.close_pool()
    connection.settings_dict["NAME"] = database


@override_settings(DEMO=True)
class TestTheDemoClinic(TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.template = databases.demonstrated()
        cls.enterClassContext(on_a_clone(cls.template))
        super().setUpClass()

    def test_it_says_how_far_it_is(self):
        lines = databases.said_in(self.template).splitlines()
        assert len(lines) == len(STORIES)
        assert lines[-1].startswith(f"patients: {len(STORIES)} of {len(STORIES)}, Test Patient ")

    def test_loading_twice_does_nothing(self):
        before = Event.objects.count()
        assert "already" in load()
        assert Event.objects.count() == before

    @override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.Argon2PasswordHasher"])
    def test_everybody_of_the_staff_has_the_password_that_the_demo_tells(self):
        staff = User.objects.exclude(role="patient")
        assert {user.email for user in staff} == {one.email for one in (ADMINISTRATOR, *WORKERS)}
        assert all(user.check_password(PASSWORD) for user in staff)

    def test_nothing_lies_in_the_future(self):
        now = timezone.now()
        moments = [
            Event.objects.latest("at").at,
            Case.objects.latest("stage_since").stage_since,
            Answer.objects.latest("given_at").given_at,
            Message.objects.latest("state_at").state_at,
        ]
        assert max(moments) <= now

    def test_what_happened_stands_in_the_log_in_the_order_of_time(self):
        opened = list(Event.objects.filter(verb="case.began").order_by("pk").values_list("at", flat=True))
        assert opened == sorted(opened)

    def test_every_page_keeps_to_its_budget_of_queries(self):
        """What more rows cost, the lists prove in their rooms: nothing."""
        doctor, administrator = (User.objects.filter(role=role).earliest("pk") for role in ("doctor", "administrator"))
        patient = User.objects.get(patient__family_name="Dogwood")
        opened = {**pages.spent(administrator, "Poplar"), **pages.spent(patient, "Dogwood")}
        opened |= pages.spent(doctor, "Mulberry")
        assert {name: n for name, n in opened.items() if n > pages.BUDGETS.get(name, pages.USUAL)} == {}
        assert len(opened) > 50

    def test_everybody_is_obviously_made_up(self):
        assert {patient.given_name for patient in Patient.objects.all()} == {"Test Patient"}
        addresses = set(Message.objects.values_list("to", flat=True))
        assert all(address.endswith("@example.org") for address in addresses)

    def test_no_mail_waits_and_one_came_back(self):
        assert Message.objects.exclude(state=State.SENT).get().state == State.BOUNCED

    def test_those_who_were_invited_and_have_not_begun(self):
        waiting = PrivateLink.objects.waiting().filter(purpose=PrivateLink.Purpose.PATIENT_INVITATION)
        assert {link.patient.family_name: link.has_run_out for link in waiting} == {"Alder": False, "Aspen": True}

    def test_the_one_who_came_alone_waits_to_be_matched_beside_a_look_alike(self):
        alone = Patient.objects.to_match().with_alike().get()
        assert alone.family_name == "Birch"
        assert list(Patient.objects.filter(pk__in=alone.alike_ids).values_list("family_name", flat=True)) == ["Birch"]

    def test_those_who_began(self):
        begun = Case.objects.filter(stage=Stage.INTAKE)
        assert {case.patient.family_name for case in begun} == {"Birch", "Cedar", "Dogwood", "Elm", "Olive"}
        draft = Intake.objects.get(case=the_case("Dogwood")).drafts.latest("saved_at")
        assert draft.page == "hopes/hope"

    def test_the_urgent_one_stands_first_and_its_clock_runs(self):
        assert list(Case.objects.urgent()) == [the_case("Elm")]
        assert Alert.objects.get(case=the_case("Elm")).signs == ["bladder_or_bowel_change", "saddle_numbness"]
        assert Message.objects.filter(kind="urgent_alert", urgent=True).count() == 2

    def test_those_who_wait_for_review(self):
        review = Case.objects.filter(stage=Stage.REVIEW)
        holders = {case.patient.family_name: str(case.claimed_by or "") for case in review.select_related("claimed_by")}
        assert holders == {
            "Fir": "",
            "Encina": "",
            "Hawthorn": "",
            "Juniper": "Dr. Test Rowan",
            "Linden": "Dr. Test Larch",
            "Pine": "Dr. Test Larch",
            "Willow": "Dr. Test Larch",
            "Zelkova": "",
        }

    def test_answers_keep_their_words_their_language_and_who_gave_them(self):
        spanish = Answer.objects.get(intake__case=the_case("Encina"), question="nrs_now")
        with override("es"):
            assert (spanish.language, spanish.asked) == ("es", gettext(PLAIN["nrs_now"].text))
        assert set(Answer.objects.filter(intake__case=the_case("Juniper")).values_list("given_as", flat=True)) == {
            "staff"
        }
        carer = Answer.objects.filter(intake__case=the_case("Hawthorn"), question="onset").get()
        assert (carer.given_as, carer.given_for) == ("carer", "Test Carer Hawthorn (daughter)")

    def test_copies_of_records_are_filed(self):
        kinds = Document.objects.filter(case=the_case("Fir")).values_list("content_type", flat=True)
        assert set(kinds) == {"application/pdf", "image/png"}

    def test_records_are_asked_for_and_one_stands_on_record(self):
        states = {
            each.case.patient.family_name: each.state for each in RecordRequest.objects.select_related("case__patient")
        }
        assert states == {
            "Encina": "to_send",
            "Fir": "sent",
            "Pine": "sent",
            "Willow": "received",
            "Juniper": "filed",
        }
        late = RecordRequest.objects.filter(overdue_at(timezone.now()), state="sent").get()
        assert late.case.patient.family_name == "Pine"
        care = CaseFile.of(the_case("Juniper")).weighed
        assert care.document["therapies"][1]["documented"]
        assert [each.path for each in care.assembled.disagreements] == ["therapies[1].from", "therapies[1].sessions"]

    def test_asked_for_more_and_come_back(self):
        assert the_case("Oak").stage == Stage.ASKED
        asked = InformationRequest.objects.open().values_list("case__patient__family_name", flat=True)
        assert sorted(asked) == ["Oak", "Pine"]
        assert InformationRequest.objects.open().with_answered().get(case=the_case("Pine")).came_back

    def test_decided_each_way_and_every_seal_holds(self):
        standing = Decision.objects.standing().select_related("assessment", "case__patient")
        assert all(decision.seal_holds for decision in Decision.objects.select_related("assessment"))
        assert {decision.case.patient.family_name: decision.outcome for decision in standing} == {
            "Spruce": Outcome.NOT_YET,
            "Sycamore": Outcome.NOT_A_CANDIDATE,
            "Tamarack": Outcome.SENT_ELSEWHERE,
            "Walnut": Outcome.SEE_IN_CLINIC,
            "Poplar": Outcome.CANDIDATE,
            "Zelkova": Outcome.CANDIDATE,
            "Naranjo": Outcome.CANDIDATE,
            **dict.fromkeys(("Mulberry", "Magnolia", "Olivo", "Cypress"), Outcome.CANDIDATE),
        }
        assert not any(decision.against_criteria for decision in standing)

    def test_one_decision_superseded_another(self):
        first, second = Decision.objects.filter(case=the_case("Poplar")).order_by("pk")
        assert (first.outcome, second.supersedes) == (Outcome.NOT_YET, first)

    def test_payers_answered_each_way(self):
        steps = Step.objects.current().order_by("pk").values_list("decision__case__patient__family_name", "kind")
        assert dict(steps) == {
            "Poplar": "overturned",
            "Zelkova": "approved",
            "Naranjo": "refused",
            "Mulberry": "asked",
            "Magnolia": "approved",
            "Olivo": "approved",
            "Cypress": "not_needed",
        }

    def test_sessions_did_what_their_patients_said(self):
        last = {session.case.patient.family_name: came_to(session) for session in last_ones().select_related("case")}
        assert {name: (found.percent, bool(found.until)) for name, found in last.items()} == {
            "Mulberry": (80, False),
            "Magnolia": (60, False),
            "Olivo": (80, True),
        }
        assert the_case("Olivo").alerts.get(released_at=None).signs == ["relief_ended_early"]

    def test_every_candidate_without_a_session_has_a_day_and_an_owner(self):
        waits = Pathway.objects.open().values_list("case__patient__family_name", flat=True)
        assert set(waits) == {"Poplar", "Zelkova", "Naranjo", "Mulberry", "Cypress"}

    def test_six_weeks_of_relief_are_too_short_for_medicare_and_enough_for_evicore(self):
        assert outcome("Willow", "medicare-lcd") == "not_met"
        assert outcome("Willow", "evicore-cmm-200") == "met"

    def test_a_change_after_the_decision_brings_the_case_back(self):
        file = CaseFile.of(the_case("Zelkova"))
        assert file.change_alert.signs == ["blood_thinner"]
        assert [hold.key for hold in file.weighed.holds] == ["blood_thinner"]

    def test_it_is_known_what_the_newer_version_would_change(self):
        preview = Preview.objects.get()
        flip = preview.flips.get()
        assert (str(preview.version), str(preview.instead_of)) == ("evicore-cmm-200@EV-B", "evicore-cmm-200@EV-A")
        assert preview.ending == "done"
        assert flip.case.patient.family_name == "Zelkova"
        assert flip.turns == [{"clause": "indication", "before": "review", "after": "met"}]
        assert progress(preview).urgent == 1

    def test_every_page_about_a_case_opens_for_a_doctor(self):
        self.client.force_login(User.objects.get(name="Dr. Test Larch"))
        addresses = [reverse("candidacy:case", args=[case.reference]) for case in Case.objects.all()]
        for decision in Decision.objects.select_related("case"):
            addresses.append(reverse("candidacy:decision", args=[decision.case.reference, decision.pk]))
        for document in Document.objects.select_related("case"):
            addresses.append(reverse("intake:document", args=[document.case.reference, document.pk]))
        assert {address: self.client.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200)

    def test_everybody_can_look_where_their_case_is(self):
        for case in Case.objects.select_related("patient__user").exclude(patient__user=None):
            self.client.force_login(case.patient.user)
            page = self.client.get(reverse("intake:status", args=[case.reference]))
            assert page.status_code == 200, case.patient

    def test_what_was_written_in_spanish_is_quoted_to_the_doctor(self):
        self.client.force_login(User.objects.get(name="Dr. Test Rowan"))
        page = self.client.get(reverse("candidacy:case", args=[the_case("Encina").reference]))
        quoted = {line.given for line in page.context["quotes"]}
        assert "No puedo trabajar en la construcción ni cargar a mi hija." in quoted

    def test_every_record_can_be_weighed(self):
        for case in Case.objects.all():
            assert CaseFile.of(case).weighed.problems == ()


@pytest.mark.django_db
def test_it_refuses_outside_demo_mode(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="CLINIC_DEMO"):
        load()
    assert not User.objects.exists()


@pytest.mark.django_db
def test_it_refuses_beside_other_peoples_data(settings):
    settings.DEMO = True
    a_user()
    with pytest.raises(CommandError, match="other people"):
        load()
    assert User.objects.count() == 1
