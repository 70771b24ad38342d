"""What facts are called and how their values read, by table."""

from datetime import UTC, date, datetime

import pytest

from clinic.candidacy import evidence, ledger, reading
from clinic.candidacy.evidence import in_sentence
from clinic.candidacy.header import strip_facts
from clinic.criteria.facts import Facts
from clinic.record.facts import Assembled, Source
from tests.candidacy.scenes import COMPLETE


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        ("Pattern of the pain", "pattern of the pain"),
        ("A pill", "a pill"),
        ("MRI, August 2026", "MRI, August 2026"),
        ("CT myelogram", "CT myelogram"),
        ("X-ray", "X-ray"),
        ("", ""),
    ],
)
def test_an_abbreviation_keeps_its_letters_inside_a_sentence(name, inside):
    assert in_sentence(name) == inside


def test_what_is_missing_of_a_study_names_it_as_people_write_it():
    link = reading.missing_link("imaging[0].finding", {"imaging": [{"modality": "mri", "on": "2026-08"}]})
    assert link.label.startswith("MRI, August 2026: ")


def test_a_score_is_read_with_one_decimal_wherever_it_stands():
    row = {"scale": "PEG", "value": 22 / 3, "on": "2026-05-20"}
    said = Source("patient", datetime(2026, 5, 20, tzinfo=UTC), None, "record.score", 1, 22 / 3)
    assembled = Assembled({"scores": [row]}, {"scores[0]": [said]})
    assert reading.scores(assembled, reading.Voices("UTC"))[0].value == "7.3"
    assert evidence.say("scores[0]", 20 / 3) == "6.7"
    assert evidence.say("injections[0].dose_mg", 0.25) == "0.25"
    assert evidence.row_name("scores", 0, assembled.document) == "PEG 7.3"
    assert ledger.table({"as_of": "2026-06-01", "scores": [row]})[0]["did"] == "7.3"


def test_what_is_said_late_in_the_evening_is_said_on_that_day_at_the_location():
    evening = datetime(2026, 5, 21, 1, 30, tzinfo=UTC)
    said = Source("doctor", evening, 7, "record.statement", 1, True)
    assert reading.Voices("America/Chicago", {7: "Dr. Test Birch"}).told(said) == "doctor, Dr. Test Birch, 20 May 2026"


@pytest.mark.parametrize(
    ("onset", "weeks"), [("2026-03-02", "13 weeks"), ("2026-02", "13 to 17 weeks"), ("2025", "21 to 73 weeks")]
)
def test_header_and_ledger_say_the_same_of_how_long_it_has_hurt(onset, weeks):
    document = COMPLETE | {"complaint": COMPLETE["complaint"] | {"onset": onset}}
    header = {fact["label"]: fact["value"] for fact in strip_facts(document, date(2026, 6, 1), "", "")}
    assert header["For"].startswith(f"{weeks}, since ")
    assert f"inside {weeks} of pain" in reading.care_line(Facts.parse(document))
