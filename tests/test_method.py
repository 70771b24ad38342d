"""The page that says how verdicts are reached, and the check that it teaches."""

import json
import subprocess
import sys

import pytest
from django.test import Client

from clinic.criteria.determine import ENGINE_VERSION
from clinic.people.lists import clinic_day
from clinic.policies.reading import in_effect
from clinic.views import CHECK_SEAL, CHECK_VERDICTS
from tests.authorization.scenes import decided
from tests.candidacy.conftest import desk, doctor, first_of_june
from tests.factories import a_clinic

__all__ = ["desk", "doctor", "first_of_june"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "How it reaches its verdicts"), ("es", "Cómo se llega a cada resultado")],
)
def test_method_opens_to_a_stranger_in_both_languages(client, language, words):
    a_clinic()
    shown = client.get("/method/", headers={"accept-language": language}).content.decode()
    assert f"<h1>{words}</h1>" in shown
    assert "520(o)(1)(E)" in shown
    for kept in in_effect(clinic_day()):
        assert kept.criteria.name in shown
        assert kept.criteria.sha256 in shown


@pytest.mark.django_db
def test_method_costs_the_same_for_everybody(client, django_assert_max_num_queries):
    a_clinic()
    with django_assert_max_num_queries(8):
        assert f"version {ENGINE_VERSION}." in client.get("/method/").content.decode()


def test_a_sealed_decision_is_checked_as_the_page_says(desk: Client, doctor, tmp_path):
    decision = decided(doctor)
    sealed = desk.get(f"/case/{decision.case.reference}/decision/{decision.pk}/sealed/")
    assert "attachment" in sealed["Content-Disposition"]
    (tmp_path / "sealed.json").write_bytes(sealed.content)
    assert carried_out(CHECK_SEAL, tmp_path) == "True"
    here = f"{sys.executable} manage.py determine --facts {tmp_path}/facts.json"
    again = CHECK_VERDICTS.replace("KEY@VERSION", decision.policy).replace(
        "./run manage determine --facts facts.json", f"cd - > /dev/null && {here}"
    )
    (weighed,) = json.loads(carried_out(f"cd {tmp_path}\n{again}", "."))["determinations"]
    stored = decision.determination
    assert (weighed["sha256"], weighed["engine"]) == (stored["sha256"], decision.assessment.engine_version)
    assert weighed["outcome"] == stored["outcome"]
    assert {each["key"]: each["verdict"] for each in weighed["clauses"]} == {
        each["key"]: each["verdict"] for each in stored["clauses"]
    }


def test_a_seal_that_was_tampered_with_does_not_hold(desk: Client, doctor, tmp_path):
    decision = decided(doctor)
    kept = json.loads(desk.get(f"/case/{decision.case.reference}/decision/{decision.pk}/sealed/").content)
    kept["assessment"]["facts"]["complaint"]["root"] = "S1"
    (tmp_path / "sealed.json").write_text(json.dumps(kept))
    assert carried_out(CHECK_SEAL, tmp_path) == "False"


def carried_out(command: str, where: object) -> str:
    done = subprocess.run(["bash", "-c", command], cwd=str(where), capture_output=True, text=True, check=True)
    return done.stdout.strip()
