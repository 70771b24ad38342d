from datetime import date
from decimal import Decimal

import pytest

from clinic.people.models import Role
from clinic.record import actions
from clinic.record.facts import assemble, assemble_other_injections, planned_day
from clinic.record.models import BloodThinner, Case, Injection, OtherInjection, Study, Therapy
from tests.factories import a_case, a_user, actor

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)


@pytest.fixture
def case():
    return a_case()


@pytest.fixture
def patient(case):
    return {"case": case, "said_by": "patient", "by": actor(case.patient.user)}


@pytest.fixture
def doctor(case):
    return {"case": case, "said_by": "doctor", "by": actor(a_user(Role.DOCTOR))}


def facts(case):
    return assemble(Case.objects.with_record().get(pk=case.pk), TODAY)


def test_nothing_said_is_nothing_known(case):
    assert facts(case).document == {"as_of": "2026-06-01", "record_final": False, "patient": {"age": 52}}


def test_asked_and_none_is_an_empty_list(case, patient):
    actions.state(fact="blood_thinners", value=[], **patient)
    assert facts(case).document["blood_thinners"] == []


def test_a_row_outweighs_the_word_none(case, patient, doctor):
    actions.state(fact="blood_thinners", value=[], **patient)
    actions.put(model=BloodThinner, key=None, name="apixaban", drug_class="anticoagulant", **doctor)
    assert facts(case).document["blood_thinners"] == [{"name": "apixaban", "class": "anticoagulant"}]


def test_injections_elsewhere_stand_beside_the_facts(case, patient, doctor):
    said = actions.put(model=OtherInjection, key=None, on="2026-01", site="knee", **patient)
    actions.put(model=OtherInjection, key=said.key, drug="triamcinolone", dose_mg=Decimal(40), **doctor)
    apart = assemble_other_injections([], case.patient.other_injections.current())
    both = {"on": "2026-01", "site": "knee", "drug": "triamcinolone", "dose_mg": 40}
    assert apart.document == {"other_injections": [both]}
    assert [source.said_by for source in apart.sources["other_injections[0].drug"]] == ["doctor"]
    assert set((facts(case) | apart).document) - set(facts(case).document) == {"other_injections"}


def test_the_doctor_s_word_is_weighed_and_the_patient_s_stays_beside_it(case, patient, doctor):
    actions.state(fact="complaint.side", value="left", **patient)
    actions.state(fact="complaint.side", value="right", **doctor)
    found = facts(case)
    assert found.document["complaint"] == {"side": "right"}
    assert [source.said_by for source in found.sources["complaint.side"]] == ["patient", "doctor"]
    assert [(d.path, d.weighed.value, d.other.value) for d in found.disagreements] == [
        ("complaint.side", "right", "left")
    ]


def test_a_therapy_is_merged_field_by_field(case, patient, doctor):
    row = actions.put(
        model=Therapy, key=None, kind="nsaid", from_date="2026-03", ongoing=True, outcome="no_help", **patient
    )
    actions.put(model=Therapy, key=row.key, therapeutic_dose=True, to_date="2026-04-20", **doctor)
    [entry] = facts(case).document["therapies"]
    assert entry == {
        "kind": "nsaid",
        "from": "2026-03",
        "to": "2026-04-20",
        "therapeutic_dose": True,
        "outcome": "no_help",
        "documented": False,
    }


def test_another_case_of_the_patient_shares_only_what_concerns_it(case, patient):
    row = actions.put(model=Therapy, key=None, kind="nsaid", **patient)
    second = a_case(case.patient)
    assert "therapies" not in facts(second).document
    actions.use_in_case(therapy_key=row.key, case=second, by=patient["by"])
    assert len(facts(second).document["therapies"]) == 1


def test_scores_around_an_injection_are_kept_with_it_in_every_case(case, patient):
    row = actions.put(model=Injection, key=None, on="2026-02-20", region="lumbar", **patient)
    for moment, value, on in (("before", "14", date(2026, 2, 20)), ("after", "7.5", date(2026, 5, 27))):
        actions.score(scale="RMDQ", value=Decimal(value), on=on, injection_key=row.key, moment=moment, **patient)
    actions.score(scale="NRS", value=7, on=date(2026, 5, 20), period="average", **patient)
    document = facts(case).document
    assert document["injections"][0]["before"] == [{"scale": "RMDQ", "value": 14, "on": "2026-02-20"}]
    assert document["injections"][0]["after"] == [{"scale": "RMDQ", "value": 7.5, "on": "2026-05-27"}]
    assert document["scores"] == [{"scale": "NRS", "value": 7, "on": "2026-05-20", "period": "average"}]
    assert facts(a_case(case.patient)).document["injections"] == document["injections"]


def test_imaging_and_nerve_studies_part_ways(case, patient):
    actions.put(model=Study, key=None, modality="mri", on="2026-04", **patient)
    actions.put(model=Study, key=None, electrodiagnostic=True, root="L5", **patient)
    document = facts(case).document
    assert document["imaging"] == [{"modality": "mri", "on": "2026-04"}]
    assert document["electrodiagnostics"] == [{"root": "L5"}]


@pytest.mark.parametrize(("said", "weighed"), [("2026-06-20", date(2026, 6, 20)), ("2026-05-01", TODAY)])
def test_the_day_of_service_is_the_planned_one_until_it_has_passed(case, doctor, said, weighed):
    actions.state(fact="as_of", value=said, **doctor)
    assert planned_day(Case.objects.with_record().get(pk=case.pk), TODAY) == weighed


def test_everything_is_loaded_in_a_fixed_number_of_queries(case, patient, django_assert_max_num_queries):
    for month in range(1, 6):
        actions.put(model=Therapy, key=None, kind="nsaid", from_date=f"2026-0{month}", **patient)
    with django_assert_max_num_queries(12):
        facts(case)
