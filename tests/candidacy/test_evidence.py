"""What facts are called and how their values read, by table."""

import pytest

from clinic.candidacy import reading
from clinic.candidacy.evidence import in_sentence


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
