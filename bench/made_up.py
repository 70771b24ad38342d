"""Made-up open cases by the thousand, written straight into the tables, so that a reading of them can be timed.

Each has about what a case has whose patient sent the questionnaire and whose chart was begun: 50 statements by
patient and doctor, therapies, earlier sessions, scores, studies. Nobody here is anybody: they are called "Bench 17".
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from clinic.criteria.contract import fact

Row = tuple[object, ...]

TABLES: dict[str, str] = {
    "people_patient": "id reference given_name family_name birth_date sex email phone language payer plan_name"
    " member_id primary_care home_location_id",
    "record_case": "id reference patient_id location_id region side stage record_final_at record_final_by_id",
    "record_statement": "case_id fact value said_by recorded_by_id",
    "record_therapy": "id key patient_id said_by kind name provider prescribed therapeutic_dose active_exercise"
    " from_date to_date ongoing sessions how_often outcome why_stopped",
    "record_therapy_cases": "therapy_id case_id",
    "record_injection": "key patient_id said_by on region approach level_count side drug place"
    " patient_relief_percent relief_until relief_lasting function_better_or_less_medicine",
    "record_study": "key case_id said_by electrodiagnostic modality on place finding level side acute_injury"
    " concordant shows_radiculopathy root",
    "record_score": "case_id said_by scale value on period items injection_key moment",
    "record_bloodthinner": "key case_id said_by as_written name drug_class agreed_with hold_agreed_with_prescriber",
    "record_document": "case_id therapy_key said_by name content_type size sha256 path",
}
JSON = {("record_statement", 2), ("record_score", 6)}
RED_FLAGS, CONDITIONS, ALLERGIES = (
    [name for name, shape in fact(group)["properties"].items() if "boolean" in shape["type"]]
    for group in ("red_flags", "conditions", "allergies")
)
THERAPIES: dict[str, tuple[str, dict[str, Any]]] = {
    "nsaid": ("naproxen 500 mg", {"prescribed": True, "therapeutic_dose": True}),
    "physical_therapy": ("", {"active_exercise": True, "sessions": 12}),
    "home_exercise": ("", {}),
    "acetaminophen": ("acetaminophen 1 g", {"therapeutic_dose": True}),
    "chiropractic": ("", {"sessions": 6}),
    "activity_modification": ("", {}),
}
PAYERS = ("Cigna", "Medicare", "Aetna", "UnitedHealthcare", "Test Mutual")
BATCH = 2_000
# These rows bring their numbers along: what is written next is numbered after them.
NUMBERS_GO_ON = "SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"


def fill(connection: psycopg.Connection, cases: int, day: date, doctor: int, location: int) -> None:
    """Write this many open cases with the first numbers, within the transaction of the caller."""
    for first in range(1, cases + 1, BATCH):
        written: dict[str, list[Row]] = {table: [] for table in TABLES}
        for number in range(first, min(first + BATCH, cases + 1)):
            for table, row in made_up(number, day, doctor, location):
                written[table].append(row)
        for table, rows in written.items():
            _copy(connection, table, rows)
    for table in (name for name, columns in TABLES.items() if columns.startswith("id ")):
        connection.execute(NUMBERS_GO_ON.format(table=table))


def _copy(connection: psycopg.Connection, table: str, rows: list[Row]) -> None:
    columns = sql.SQL(", ").join(map(sql.Identifier, TABLES[table].split()))
    into = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), columns)
    with connection.cursor() as cursor, cursor.copy(into) as copy:
        for row in rows:
            copy.write_row([Jsonb(value) if (table, at) in JSON else value for at, value in enumerate(row)])


def made_up(number: int, day: date, doctor: int, location: int) -> Iterator[tuple[str, Row]]:
    """The rows of one case, each with its table. The same number is always the same case."""
    one = _Case(number, day, doctor, location)
    yield from one.head()
    yield from one.statements()
    yield from one.therapies()
    yield from one.sessions()
    yield from one.evidence()


class _Case:
    def __init__(self, number: int, day: date, doctor: int, location: int) -> None:
        self.random, self.number, self.day = Random(number), number, day
        self.doctor, self.location = doctor, location
        self.stage = self.random.choices(["review", "asked", "intake"], [7, 1, 2])[0]
        self.region = self.random.choices(["lumbar", "cervical"], [4, 1])[0]
        self.side = self.random.choice(["left", "right"])

    def ago(self, least: int, most: int) -> date:
        return self.day - timedelta(days=self.random.randint(least, most))

    def chance(self, percent: int) -> bool:
        return self.random.random() * 100 < percent

    def key(self) -> UUID:
        return UUID(int=self.random.getrandbits(128), version=4)

    def head(self) -> Iterator[tuple[str, Row]]:
        n, reference = self.number, f"{self.number:06X}"
        born = date(1940, 1, 1) + timedelta(days=self.random.randrange(22_000))
        address = (born, self.random.choice(["female", "male"]), f"bench{n}@example.org", "555 0100", "en")
        insured = (self.random.choice(PAYERS), "", "", "")
        yield "people_patient", (n, reference, "Bench", f"Number {n}", *address, *insured, self.location)
        closed = (self.day, self.doctor) if self.stage == "review" and self.chance(40) else (None, None)
        place = (self.region, self.side, self.stage)
        yield "record_case", (n, reference, n, self.location, *place, *closed)

    def statements(self) -> Iterator[tuple[str, Row]]:
        for name, value in self.told().items():
            yield "record_statement", (self.number, name, value, "patient", None)
        if self.stage != "intake":
            for name, value in self.charted().items():
                yield "record_statement", (self.number, name, value, "doctor", self.doctor)

    def told(self) -> dict[str, object]:
        """What the patient said."""
        onset = self.ago(20, 400)
        said: dict[str, object] = {f"red_flags.{sign}": self.chance(1) for sign in RED_FLAGS}
        said |= {f"conditions.{name}": self.chance(8) for name in CONDITIONS}
        said |= {f"allergies.{name}": self.chance(4) for name in ALLERGIES}
        return said | {
            "patient.pregnant": False,
            "complaint.region": self.region,
            "complaint.side": self.side,
            "complaint.pain_pattern": self.random.choices(
                ["radicular", "neurogenic_claudication", "axial", "widespread"], [70, 18, 10, 2]
            )[0],
            "complaint.onset": onset.isoformat() if self.chance(60) else f"{onset:%Y-%m}",
            "complaint.limits_daily_life": self.chance(90),
            "complaint.severity_in_words": self.random.choice(["mild", "moderate", "severe"]),
            "electrodiagnostics": [],
        }

    def charted(self) -> dict[str, object]:
        """What the doctor found and plans."""
        levels = self.random.choices([1, 2, 3], [70, 25, 5])[0]
        return {
            "complaint.diagnosis": self.random.choices(
                ["disc_herniation", "stenosis", "disc_degeneration", "postherpetic_neuralgia"], [55, 30, 13, 2]
            )[0],
            "complaint.root": self.random.choice(["L4", "L5", "S1"]),
            "exam.on": self.ago(0, 30).isoformat(),
            "exam.root_signs": self.chance(80),
            "exam.concordant": self.chance(90),
            "plan.region": self.region,
            "plan.region_count": 1,
            "plan.approach": self.random.choice(["transforaminal", "interlaminar"]),
            "plan.level_count": levels,
            "plan.levels_contiguous": True,
            "plan.side": self.side,
            "plan.guidance": self.random.choices(["fluoroscopy", "ct", "ultrasound"], [90, 5, 5])[0],
            "plan.contrast": self.chance(95),
            "plan.contrast_study_billed": False,
            "plan.drug": "dexamethasone",
            "plan.dose_mg": 10,
            "plan.sedation": self.random.choices(["none", "moderate"], [95, 5])[0],
            "plan.biologic": False,
            "plan.other_block_same_session": False,
            "plan.two_approaches_same_level": False,
            "plan.series_ordered": False,
            "plan.aim": "short_term_relief",
            "plan.with_rehabilitation": self.chance(80),
        }

    def therapies(self) -> Iterator[tuple[str, Row]]:
        for slot, kind in enumerate(self.random.sample(list(THERAPIES), self.random.randint(1, 4))):
            pk, key = self.number * 8 + slot, self.key()
            yield "record_therapy", (pk, key, self.number, "patient", kind, *self.therapy(kind))
            yield "record_therapy_cases", (pk, self.number)
            if self.chance(15):
                paper = ("a-made-up-file.pdf", "application/pdf", 1000, "0" * 64, f"bench/{pk}")
                yield "record_document", (self.number, key, "patient", *paper)

    def therapy(self, kind: str) -> Row:
        name, known = THERAPIES[kind]
        begun = self.ago(15, 180)
        lasted = begun + timedelta(days=self.random.randint(10, 60))
        ongoing = lasted >= self.day or None
        ended = "" if ongoing else lasted.isoformat() if self.chance(70) else f"{lasted:%Y-%m}"
        outcome = self.random.choice(["not_enough_help", "no_lasting_help", "no_help"])
        sure = (known.get("prescribed"), known.get("therapeutic_dose"), known.get("active_exercise"))
        return (name, "", *sure, begun.isoformat(), ended, ongoing, known.get("sessions"), "", outcome, "")

    def sessions(self) -> Iterator[tuple[str, Row]]:
        for slot in range(self.random.choices([0, 1, 2, 4], [60, 22, 12, 6])[0]):
            key, on = self.key(), self.ago(10 + 90 * slot, 90 + 90 * slot)
            until = min(self.day, on + timedelta(days=self.random.randint(7, 120)))
            better = (self.random.choice([30, 50, 60, 80]), until.isoformat(), None, self.chance(80))
            known = (self.region, "transforaminal", 1, self.side, "dexamethasone", "Bench Clinic")
            yield "record_injection", (key, self.number, "patient", on.isoformat(), *known, *better)
            for moment, value in (("before", self.random.randint(5, 9)), ("after", self.random.randint(1, 6))):
                yield "record_score", (self.number, "patient", "NRS", value, on, "", {}, key, moment)

    def evidence(self) -> Iterator[tuple[str, Row]]:
        for scale, most in (("NRS", 10), ("PEG", 10), ("RMDQ", 24)):
            value = self.random.randint(most // 4, most)
            yield "record_score", (self.number, "patient", scale, value, self.ago(0, 14), "", {}, None, "")
        said_by = "patient" if self.stage == "intake" else "doctor"
        seen = (self.random.choice(["disc_herniation", "stenosis"]), "L4-5", self.side, False, self.chance(85))
        study = (False, "mri", self.ago(20, 900).isoformat(), "", *seen, None, "")
        yield "record_study", (self.key(), self.number, said_by, *study)
        if self.chance(12):
            taken = ("apixaban", "apixaban", "anticoagulant", "", self.chance(50) or None)
            yield "record_bloodthinner", (self.key(), self.number, "patient", *taken)
