"""Many records at once are read as one by one: the same facts with the same sources, and no query more."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.made_up import fill
from clinic.people.models import Role
from clinic.record import actions
from clinic.record.facts import assemble, planned_day
from clinic.record.models import BloodThinner, Case, Injection, Study, Therapy
from clinic.record.reading import with_rows
from tests.factories import a_case, a_location, a_patient, a_user, actor

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)


def said_twice() -> Case:
    """A case of which patient and doctor say different things, and something is struck out."""
    case, doctor = a_case(), a_user(Role.DOCTOR)
    patient = {"case": case, "said_by": "patient", "by": actor(case.patient.user)}
    by_doctor = {"case": case, "said_by": "doctor", "by": actor(doctor)}
    actions.state(fact="as_of", value="2026-06-20", **by_doctor)
    for said in (patient, by_doctor):
        actions.state(fact="complaint.side", value="left" if said is patient else "right", **said)
    row = actions.put(model=Therapy, key=None, kind="nsaid", from_date="2026-03", to_date="2026-04-02", **patient)
    actions.put(model=Therapy, key=row.key, kind="nsaid", from_date="2026-03-09", ongoing=True, **by_doctor)
    session = actions.put(model=Injection, key=None, on="2026-01-05", dose_mg="10.00", region="lumbar", **by_doctor)
    for moment, value in (("before", 8), ("after", "2.5")):
        about = {"injection_key": session.key, "moment": moment}
        actions.score(scale="NRS", value=value, on=date(2026, 1, 5), **about, **by_doctor)
    actions.score(scale="PEG", value="22", on=date(2026, 5, 5), **patient)
    actions.put(model=Study, key=None, modality="mri", on="2026-02", concordant=True, **by_doctor)
    actions.put(model=Study, key=None, electrodiagnostic=True, on="2026-02-03", root="L5", **by_doctor)
    gone = actions.put(model=BloodThinner, key=None, name="apixaban", drug_class="anticoagulant", **patient)
    actions.put(model=BloodThinner, key=gone.key, name="warfarin", drug_class="anticoagulant", **patient)
    return case


def in_one_go(cases) -> dict[int, tuple[date, object]]:
    listed = Case.objects.select_related("patient").filter(pk__in=[case.pk for case in cases])
    return {case.pk: (rows.planned_day(TODAY), rows.assemble(TODAY)) for case, rows in with_rows(listed)}


def test_a_record_is_read_the_same_alone_and_among_many():
    first, second = said_twice(), said_twice()
    a_second_region = actions.open_case(patient=first.patient, by=actor(first.patient.user))
    found = in_one_go([first, second, a_second_region])
    for case in (first, second, a_second_region):
        alone = Case.objects.with_record().get(pk=case.pk)
        day, assembled = found[case.pk]
        assert day == planned_day(alone, TODAY)
        assert assembled.document == assemble(alone, TODAY).document
        assert assembled.sources == assemble(alone, TODAY).sources
    assert "before" in found[a_second_region.pk][1].document["injections"][0]


def test_a_thousand_made_up_records_are_read_the_same():
    fill(connection.connection, 40, TODAY, doctor=a_user(Role.DOCTOR).pk, location=a_location().pk)
    cases = list(Case.objects.with_record())
    found = in_one_go(cases)
    assert len(found) == 40
    for case in cases:
        assert found[case.pk][1].document == assemble(case, TODAY).document


def test_many_cost_as_many_queries_as_one():
    cases = [said_twice(), said_twice()]

    def spent(some) -> int:
        with CaptureQueriesContext(connection) as context:
            in_one_go(some)
        return len(context)

    assert spent(cases) == spent(cases[:1]) == 9
    assert spent([]) <= 9
    assert a_patient().cases.count() == 0
