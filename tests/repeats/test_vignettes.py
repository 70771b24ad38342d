"""The vignettes on repeats come to the same verdicts when sessions and check-ins say the facts as from a file."""

import pytest

from clinic.criteria.facts import Facts
from tests.criteria.documents import DEFAULT, VIGNETTES, merged
from tests.criteria.weighing import every_verdict
from tests.repeats.courses import lived

ON_REPEATS = [each for each in VIGNETTES if each["patch"].get("injections")]
KEYS = {"V18", "V20", "V22", "V24", "V26", "V28"}
AS_RECORDED = ("on", "region", "approach", "level_count", "side", "drug", "dose_mg", "relief_until")


def test_the_vignettes_on_repeats_are_all_here():
    assert {each["key"] for each in ON_REPEATS} == KEYS


@pytest.mark.parametrize("vignette", ON_REPEATS, ids=[each["key"] for each in ON_REPEATS])
def test_recorded_sessions_and_check_ins_come_to_the_verdicts_of_the_file(db, vignette):
    document = merged(DEFAULT, vignette["patch"])
    found = lived(document)
    Facts.parse(found)
    assert every_verdict(found) == every_verdict(document)
    for told, said in zip(found["injections"], document["injections"], strict=True):
        assert {name: told.get(name) for name in AS_RECORDED} == {name: said.get(name) for name in AS_RECORDED}
        assert told["function_better_or_less_medicine"] is said["function_better_or_less_medicine"]
        assert told["patient_relief_percent"] == said["patient_relief_percent"] // 10 * 10
        for moment in ("before", "after"):
            assert results(told[moment]) == results(said[moment])


def results(scores):
    return [(each["scale"], round(each["value"])) for each in scores]
