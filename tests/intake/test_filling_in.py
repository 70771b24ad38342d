"""What Continue writes: answers in their words, and what they say to the record."""

import uuid
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import transaction
from django.utils.translation import override

from clinic.audit.actions import Refused
from clinic.audit.clock import at
from clinic.audit.models import Event
from clinic.criteria.facts import Facts
from clinic.intake.actions import filling_in, starting
from clinic.intake.actions.filling_in import Changed, Stale, Typed
from clinic.intake.forms.filling_in import PageForm
from clinic.intake.models import Answer, Intake
from clinic.intake.questions import find_step, sheet
from clinic.intake.questions.asked import counted
from clinic.intake.reading import answers_of
from clinic.people.models import Access, Patient, Role
from clinic.record.actions import release_alert
from clinic.record.facts import assemble, assemble_other_injections
from clinic.record.models import (
    Alert,
    BloodThinner,
    Case,
    Injection,
    OtherInjection,
    Score,
    Stage,
    Study,
    Therapy,
)
from tests.factories import a_clinic, a_patient, a_user, actor
from tests.intake.walking import CALM, NAPROXEN, WHOLE

pytestmark = pytest.mark.django_db


class Sitter:
    """Fills in pages through the form and the action, as one user, in one language."""

    def __init__(self, intake, user, language="en"):
        self.intake, self.user, self.language = intake, user, language

    def keep(self, page, values, row=None, revision=None):
        section, slug = page.split("/")
        step = find_step(section, slug)
        raw = {name: each if isinstance(each, list) else [each] for name, each in values.items()}
        with override(self.language):
            known = counted(answers_of(self.intake, self.language))
            if row:
                known = known.with_row(known.rows.get(slug, {}).get(str(row), {}))
            form = PageForm(step, known, data=raw)
            assert form.is_valid(), form.errors
            key = f"{page}/{row}" if row else page
            if revision is None:
                draft = self.intake.drafts.filter(page=key).first()
                revision = draft.revision if draft else 0
            return filling_in.keep(
                intake=self.intake,
                typed=Typed(key, raw, revision),
                replies=form.replies(),
                language=self.language,
                by=actor(self.user),
                section=slug if row else section,
                row=row,
            )

    def facts(self):
        return {row.fact: row.value for row in Case.objects.get(pk=self.intake.case_id).statements.current()}

    def case(self):
        return Case.objects.get(pk=self.intake.case_id)


@pytest.fixture
def sitter():
    a_clinic()
    user = a_user()
    return Sitter(starting.start(patient=a_patient(user), language="en", by=actor(user)), user)


def test_an_answer_keeps_its_words_language_and_speaker(sitter):
    sitter.language = "es"
    sitter.keep("pain/region", {"region": "lumbar", "side": "left"})
    answer = Answer.objects.get(question="region")
    with override("es"):
        assert answer.asked
    assert (answer.language, answer.value, answer.given_by, answer.given_as) == ("es", "lumbar", sitter.user, "self")
    assert sitter.facts() == {"complaint.region": "lumbar", "complaint.side": "left"}
    assert (sitter.case().region, sitter.case().side) == ("lumbar", "left")


def test_the_same_again_writes_nothing(sitter):
    for _ in range(2):
        sitter.keep("pain/region", {"region": "lumbar", "side": "left"})
    assert Answer.objects.count() == 2
    assert sitter.case().statements.count() == 2
    assert sitter.intake.drafts.get().revision == 1
    assert Event.objects.filter(verb="intake.page_kept").count() == 1


def test_dont_know_takes_back_what_was_said(sitter):
    sitter.keep("pain/region", {"region": "lumbar", "side": "left"})
    sitter.keep("pain/region", {"region": "dk", "side": "left"})
    assert sitter.facts() == {"complaint.side": "left"}
    assert Answer.objects.filter(question="region").count() == 2


def test_what_is_no_longer_asked_is_withdrawn_and_comes_back(sitter):
    sitter.keep("health/diabetes", {"diabetes": "yes", "diabetes_controlled": "no"})
    assert sitter.facts() == {"conditions.diabetes": True, "conditions.diabetes_controlled": False}
    sitter.keep("health/diabetes", {"diabetes": "no"})
    assert sitter.facts() == {"conditions.diabetes": False}
    sitter.keep("health/diabetes", {"diabetes": "yes", "diabetes_controlled": "no"})
    assert sitter.facts() == {"conditions.diabetes": True, "conditions.diabetes_controlled": False}


def test_a_list_that_is_no_longer_asked_is_struck_and_comes_back(sitter):
    key = uuid.uuid4()
    sitter.keep("tried/anything", {"any_therapy": "yes"})
    sitter.keep("tried/therapies", NAPROXEN, row=key)
    assert Therapy.objects.current().get().key == key
    sitter.keep("tried/anything", {"any_therapy": "no"})
    assert not Therapy.objects.current().exists()
    assert sitter.facts() == {"therapies": []}
    sitter.keep("tried/anything", {"any_therapy": "yes"})
    assert Therapy.objects.current().get().key == key
    assert sitter.facts() == {}


def test_a_therapy_is_one_row_and_a_change_a_new_one(sitter):
    key = uuid.uuid4()
    sitter.keep("tried/anything", {"any_therapy": "yes"})
    sitter.keep("tried/therapies", NAPROXEN, row=key)
    therapy = Therapy.objects.get()
    assert (therapy.kind, therapy.from_date, therapy.to_date) == ("nsaid", "2026-03-02", "2026-04-20")
    assert (therapy.ongoing, therapy.outcome, therapy.prescribed) == (False, "no_lasting_help", True)
    going = {name: value for name, value in NAPROXEN.items() if name != "to_day"} | {"to_how": "going"}
    sitter.keep("tried/therapies", going | {"sessions": "12", "name": "naproxen 500 mg"}, row=key)
    therapy = Therapy.objects.current().get()
    assert (therapy.to_date, therapy.ongoing, therapy.sessions, therapy.name) == ("", True, 12, "naproxen 500 mg")
    assert Therapy.objects.count() == 2


def test_a_removed_therapy_is_struck_and_its_words_stay(sitter):
    key = uuid.uuid4()
    sitter.keep("tried/anything", {"any_therapy": "yes"})
    sitter.keep("tried/therapies", NAPROXEN, row=key)
    for _ in range(2):
        filling_in.remove_row(intake=sitter.intake, slug="therapies", row=key, language="en", by=actor(sitter.user))
    assert not Therapy.objects.current().exists()
    assert Answer.objects.filter(row=key, question="kind").exists()
    assert Event.objects.filter(verb="intake.row_removed").count() == 1


def test_a_therapy_of_an_earlier_case_is_shared_and_only_leaves_this_one(sitter):
    key = uuid.uuid4()
    sitter.keep("tried/anything", {"any_therapy": "yes"})
    sitter.keep("tried/therapies", NAPROXEN, row=key)
    Case.objects.filter(pk=sitter.intake.case_id).update(stage=Stage.DECIDED)
    patient = Patient.objects.get(user=sitter.user)
    second = Sitter(starting.start(patient=patient, language="en", by=actor(sitter.user)), sitter.user)
    assert second.intake.pk != sitter.intake.pk
    second.keep("tried/anything", {"any_therapy": "yes"})
    for _ in range(2):
        filling_in.use_row(intake=second.intake, slug="therapies", row=key, language="en", by=actor(sitter.user))
    assert Therapy.objects.get().cases.count() == 2
    filling_in.remove_row(intake=second.intake, slug="therapies", row=key, language="en", by=actor(sitter.user))
    assert [case.pk for case in Therapy.objects.current().get().cases.all()] == [sitter.intake.case_id]
    filling_in.use_row(intake=second.intake, slug="therapies", row=key, language="en", by=actor(sitter.user))
    assert Therapy.objects.current().get().cases.count() == 2


def test_about_ten_weeks_ago_stays_where_it_was_said(sitter):
    typed = {"onset_how": "weeks", "onset_weeks": "10", "worsened": "no"}
    with at(datetime(2026, 11, 22, 17, tzinfo=UTC)):
        sitter.keep("pain/began", typed)
    with at(datetime(2026, 12, 13, 17, tzinfo=UTC)):
        sitter.keep("pain/began", {**typed, "worsened": "dk"})
    assert sitter.facts()["complaint.onset"] == "2026-09-06/2026-09-20"


def test_numbers_become_scores_on_their_day(sitter):
    with at(datetime(2026, 11, 22, 17, tzinfo=UTC)):
        sitter.keep("pain/strength", {"nrs_now": "5", "nrs_average": "7", "nrs_worst": "dk"})
        sitter.keep("pain/peg", {"peg_pain": "7", "peg_enjoyment": "8", "peg_activity": "5"})
    scores = {(score.scale, score.period): (score.value, score.on.isoformat()) for score in Score.objects.current()}
    assert scores == {
        ("NRS", "now"): (Decimal(5), "2026-11-22"),
        ("NRS", "average"): (Decimal(7), "2026-11-22"),
        ("PEG", ""): (Decimal("6.667"), "2026-11-22"),
    }
    with at(datetime(2026, 11, 24, 17, tzinfo=UTC)):
        sitter.keep("pain/strength", {"nrs_now": "5", "nrs_average": "8", "nrs_worst": "dk"})
    days = {(score.scale, score.period): score.on.isoformat() for score in Score.objects.current()}
    assert days == {("NRS", "now"): "2026-11-22", ("NRS", "average"): "2026-11-24", ("PEG", ""): "2026-11-22"}


@pytest.mark.parametrize(("ticked", "value"), [(["1", "5", "24"], 3), (["none"], 0), (["pns"], None)])
def test_the_back_sheet_is_scored_when_confirmed(sitter, ticked, value):
    sitter.keep("pain/region", {"region": "lumbar", "side": "left"})
    filling_in.save_draft(
        intake=sitter.intake, typed=Typed("pain/back-sheet", {"rmdq": ["1"]}, 0), by=actor(sitter.user)
    )
    assert not Score.objects.exists()
    sitter.keep("pain/back-sheet", {"rmdq": ticked})
    assert [score.value for score in Score.objects.current()] == ([value] if value is not None else [])


def test_a_sheet_for_the_low_back_is_struck_when_it_is_the_neck(sitter):
    sitter.keep("pain/region", {"region": "lumbar", "side": "left"})
    sitter.keep("pain/back-sheet", {"rmdq": ["1"]})
    sitter.keep("pain/region", {"region": "cervical", "side": "left"})
    assert not Score.objects.current().exists()


def test_rows_of_every_list_reach_the_record(sitter):
    sitter.keep("health/thinning", {"any_thinner": "yes"})
    sitter.keep(
        "health/blood-thinners", {"as_written": "Eliquis 5 mg", "last_taken": "1 November 2026"}, row=uuid.uuid4()
    )
    thinner = BloodThinner.objects.get()
    assert (thinner.as_written, thinner.name, thinner.drug_class) == ("Eliquis 5 mg", "apixaban", "anticoagulant")
    assert thinner.last_taken.isoformat() == "2026-11-01"
    sitter.keep("scans/scan", {"any_scan": "yes"})
    sitter.keep("scans/scans", {"modality": "mri", "on_how": "year", "on_year": "2026"}, row=uuid.uuid4())
    sitter.keep("scans/nerve-test", {"any_nerve_test": "yes"})
    sitter.keep("scans/nerve-tests", {"on_how": "dk"}, row=uuid.uuid4())
    studies = {(study.electrodiagnostic, study.modality, study.on) for study in Study.objects.current()}
    assert studies == {(False, "mri", "2026"), (True, "", "")}
    sitter.keep("scans/injection", {"any_injection": "yes"})
    injection = {
        "on_how": "month", "on_month": "5", "on_month_year": "2025", "region": "lumbar", "side": "dk",
        "relief": "60 %", "relief_until_how": "going", "better": "yes", "drug": "dexamethasone",
    }  # fmt: skip
    sitter.keep("scans/injections", injection, row=uuid.uuid4())
    given = Injection.objects.get()
    assert (given.on, given.region, given.side, given.patient_relief_percent) == ("2025-05", "lumbar", "", 60)
    assert (given.relief_until, given.relief_lasting, given.function_better_or_less_medicine) == ("", True, True)


def test_a_shot_elsewhere_reaches_the_record_and_no_rule(sitter):
    sitter.keep("scans/other-injection", {"any_other_injection": "yes"})
    shot = {"on_how": "year", "on_year": "2025", "site": "knee", "drug": "Kenalog", "dose": "40"}
    sitter.keep("scans/other-injections", shot, row=uuid.uuid4())
    given = OtherInjection.objects.get()
    assert (given.on, given.site, given.drug, given.dose_mg) == ("2025", "knee", "Kenalog", 40)
    sitter.keep("scans/other-injection", {"any_other_injection": "no"})
    assert not OtherInjection.objects.current().exists()
    case = Case.objects.with_record().get(pk=sitter.intake.case_id)
    document = assemble(case, date(2026, 11, 22)).document
    assert Facts.parse(document)
    assert "other_injections" not in document
    assert assemble_other_injections(case.statements.all(), []).document == {"other_injections": []}


def test_the_person_is_kept_with_the_person(sitter):
    sitter.keep("about/name", {"given_name": "Test Patient", "family_name": "Ñandú 🙂", "birth_date": "2 March 1980"})
    sitter.keep("about/reach", {"phone": "555 0199", "language": "es", "interpreter": "yes"})
    patient = Patient.objects.get(user=sitter.user)
    assert (patient.family_name, patient.birth_date.isoformat()) == ("Ñandú 🙂", "1980-03-02")
    assert (patient.phone, patient.language, patient.interpreter) == ("555 0199", "es", True)


@pytest.mark.parametrize("sign", list(CALM))
def test_any_one_urgent_sign_stops_the_intake(sitter, sign):
    assert sitter.keep("safety/now", {**CALM, sign: "yes"})
    alert = Alert.objects.get()
    assert (alert.kind, alert.signs) == ("urgent", [sign])
    assert sitter.case().urgent_since
    assert sitter.keep("pain/region", {"region": "lumbar", "side": "left"})
    assert "complaint.region" not in sitter.facts()
    assert sitter.intake.drafts.filter(page="pain/region").exists()


def test_holds_do_not_stop_the_intake(sitter):
    stopped = sitter.keep(
        "safety/before", {"cancer_history": "yes", "unexplained_weight_loss": "dk", "intravenous_drug_use": "pns"}
    )
    assert not stopped
    assert not Alert.objects.exists()


def test_a_released_sign_does_not_stop_again_and_a_new_one_does(sitter):
    sitter.keep("safety/now", {**CALM, "fever_or_chills": "yes"})
    doctor = a_user(Role.DOCTOR)
    release_alert(alert=Alert.objects.get(), finding="A cold, no pain with it.", by=actor(doctor))
    assert not sitter.keep("safety/now", {**CALM, "fever_or_chills": "yes"})
    assert sitter.keep("safety/now", {**CALM, "fever_or_chills": "yes", "major_trauma": "yes"})
    assert Alert.objects.filter(released_at=None).get().signs == ["major_trauma"]


def test_an_older_revision_is_refused_and_writes_nothing(sitter):
    sitter.keep("hopes/hope", {"hope": "Cook"})
    with pytest.raises(Stale) as stale, transaction.atomic():
        sitter.keep("hopes/hope", {"hope": "Dance"}, revision=0)
    assert stale.value.draft.content == {"hope": ["Cook"]}
    assert Answer.objects.get(question="hope").value == "Cook"
    sitter.keep("hopes/hope", {"hope": "Dance"}, revision=stale.value.draft.revision)
    assert sitter.intake.drafts.get().revision == 2


def test_who_types_for_the_patient_is_recorded(sitter):
    helper = {"filling_in": "somebody", "helper_name": "Test Helper Elm", "helper_relation": "daughter"}
    sitter.keep("who/person", helper)
    assert set(Answer.objects.values_list("given_as", "given_for")) == {("carer", "Test Helper Elm (daughter)")}
    sitter.keep("pain/region", {"region": "lumbar", "side": "left"})
    assert Answer.objects.get(question="region").given_for == "Test Helper Elm (daughter)"


@pytest.mark.parametrize(("role", "given_as"), [(Role.COORDINATOR, "staff"), (Role.PATIENT, "carer")])
def test_somebody_else_s_hand_is_recorded(sitter, role, given_as):
    other = a_user(role)
    Access.objects.create(patient=sitter.intake.case.patient, user=other, relation="son", granted_by=other)
    Sitter(sitter.intake, other).keep("pain/region", {"region": "lumbar", "side": "left"})
    answer = Answer.objects.get(question="region")
    assert (answer.given_by, answer.given_as) == (other, given_as)
    assert sitter.case().statements.current().first().said_by == "patient"


def whole(sitter):
    for page, values in WHOLE:
        sitter.keep(page, values)
    return sheet.fingerprint(filling_in.sheet_of(sitter.intake, "en"))


def test_the_seal_holds_what_was_shown(sitter):
    fingerprint = whole(sitter)
    sealing = {
        "intake": sitter.intake,
        "signature": " Test Patient Alder ",
        "fingerprint": fingerprint,
        "language": "en",
    }
    sealed = filling_in.seal(**sealing, by=actor(sitter.user))
    assert (sealed.signature, sealed.sealed_by, sealed.sealed_hash) == ("Test Patient Alder", sitter.user, fingerprint)
    assert sheet.fingerprint(sealed.sealed) == fingerprint
    assert sitter.case().stage == Stage.REVIEW
    assert filling_in.seal(**sealing, by=actor(sitter.user)).sealed_at == sealed.sealed_at
    assert Event.objects.filter(verb="intake.sealed").count() == 1
    with pytest.raises(Refused):
        sitter.keep("pain/region", {"region": "cervical", "side": "left"})


def test_a_change_after_the_check_is_shown_again(sitter):
    fingerprint = whole(sitter)
    sitter.keep("hopes/hope", {"hope": "Something else"})
    with pytest.raises(Changed):
        filling_in.seal(
            intake=sitter.intake, signature="Test", fingerprint=fingerprint, language="en", by=actor(sitter.user)
        )
    assert not Intake.objects.get().sealed_at


@pytest.mark.parametrize("signature", ["", "  ", "123", "🙂"])
def test_a_signature_is_a_name(sitter, signature):
    fingerprint = whole(sitter)
    with pytest.raises(Refused):
        filling_in.seal(
            intake=sitter.intake, signature=signature, fingerprint=fingerprint, language="en", by=actor(sitter.user)
        )


def test_open_questions_cannot_be_signed(sitter):
    fingerprint = sheet.fingerprint(filling_in.sheet_of(sitter.intake, "en"))
    with pytest.raises(Refused):
        filling_in.seal(
            intake=sitter.intake, signature="Test", fingerprint=fingerprint, language="en", by=actor(sitter.user)
        )


def test_started_twice_is_one_case(sitter):
    patient = Patient.objects.get(user=sitter.user)
    assert starting.start(patient=patient, language="en", by=actor(sitter.user)).pk == sitter.intake.pk
    assert Case.objects.count() == 1
