"""Candidates who came to a session: one whose day it is today, and three at different points of what it did."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from clinic.demo.house import LAKE, MAIN
from clinic.demo.shape import (
    Answers,
    Booked,
    ChartClosed,
    Charted,
    ChartReopened,
    CheckedBefore,
    CheckedIn,
    Claimed,
    Day,
    Decided,
    Month,
    PayerAnswered,
    Person,
    Said,
    Scene,
    SessionDone,
    Story,
    ThinnerAgreed,
    When,
    Worked,
    ago,
    minutes_ago,
    weeks_ago,
)

from .arrivals import later, signed
from .charts import EXAMINED, NOTHING_SUSPECTED, lumbar_plan, radicular

LIDOCAINE = "lidocaine 1 %, 2 mL"
SESSION: Mapping[str, Any] = {
    "contrast_agent": "iohexol 240, 2 mL",
    "other_drugs": LIDOCAINE,
    "views_kept": True,
    "rehabilitation": "refer",
    "rehab_goals": ["strength", "walking"],
}
AGREED = (
    "You did what was asked, and your leg still hurts. An injection near the nerve in your spine is a fair choice now.",
    "We will call you to find a day. Please do not stop any medicine before we have talked about it.",
    "If anything changes, tell us on your page or call 555 0100.",
)
THINNER_FIRST = "Apixaban: the days are agreed with the cardiologist before a day is fixed."
ACORDADO = (
    "Usted hizo lo que le pedimos y la pierna le sigue doliendo. Una inyección cerca del nervio en su columna es una "
    "opción razonable ahora.",
    "Le llamaremos para buscar un día. Por favor, no deje de tomar ninguna medicina antes de hablar con nosotros.",
    "Si algo cambia, díganoslo en su página o llame al 555 0100.",
)


def _charted(begins: When, by: str, level: str, side: str, groups: Mapping[str, Said]) -> tuple[Charted, ...]:
    """What the doctor writes in one sitting, three minutes apart, with the patient's first scan as they read it."""
    row = {"finding": "disc_herniation", "level": level, "side": side, "acute_injury": "no", "concordant": "yes"}
    scalar = [
        Charted(later(begins, 3 * number), by, group, said) for number, (group, said) in enumerate(groups.items())
    ]
    return (*scalar, Charted(later(begins, 20), by, "imaging", rows={"imaging": (row,)}))


def _decided(
    begins: When,
    by: str,
    place: tuple[str, str, str],
    message: tuple[str, ...],
    holds_settled: str = "",
    **plan: str,
) -> tuple[Scene, ...]:
    """A disc herniation (`place`: level, side, root), read, weighed and signed as a candidate's within an hour."""
    level, side, root = place
    groups = {
        "exam": EXAMINED,
        "diagnosis": radicular("disc_herniation", root),
        "medicines": NOTHING_SUSPECTED,
        "plan": lumbar_plan(side, **plan),
    }
    return (
        Claimed(begins, by),
        *_charted(later(begins, 5), by, level, side, groups),
        ChartClosed(later(begins, 30), by),
        Decided(later(begins, 40), by, "candidate", message, holds_settled=holds_settled),
    )


def _therapy(since: int, until: int) -> Said:
    return {
        "kind": "physical_therapy",
        "outcome": "not_enough_help",
        "from": Day(since),
        "to": Day(until),
        "prescribed": "prescribed",
        "sessions": "12",
        "active_exercise": "yes",
    }


def _leg(side: str, onset: Any, kept_from: str, **more: Any) -> Said:
    return {
        "areas": ("low_back", f"{side}_buttock", f"{side}_calf"),
        "region": "lumbar",
        "side": side,
        "travels": ("buttock", "calf"),
        "numb_where": "The outside of the calf",
        "onset": onset,
        "nrs_now": "6",
        "nrs_average": "7",
        "nrs_worst": "9",
        "kept_from": kept_from,
        **more,
    }


PEG_AND_SHEET: Said = {
    "peg_pain": "7",
    "peg_enjoyment": "7",
    "peg_activity": "6",
    "rmdq": ("2", "3", "4", "6", "9", "10", "11", "13", "16", "17", "18", "21", "22", "23"),
}
MRI: tuple[Said, ...] = ({"modality": "mri", "on": Day(20), "place": "Test Imaging Center, Springfield"},)
MULBERRY = Story(
    Person("Mulberry", date(1958, 11, 2), "female", "555 0150", "Medicare", MAIN, member_id="TEST-0006"),
    "a course of half a year: a session, three months of relief with physical therapy, and a candidate again",
    (
        *signed(weeks_ago(24, "09:00"), weeks_ago(24, "18:00", 1), "Test Patient Mulberry"),
        *_decided(weeks_ago(23, "10:00"), "larch", ("L4-5", "left", "L5"), AGREED),
        PayerAnswered(weeks_ago(23, "11:00", 1), "hazel", "not_needed"),
        Booked(weeks_ago(23, "11:20", 1), "hazel", Day(-13), "10:30"),
        CheckedBefore(weeks_ago(21, "10:10"), "hazel"),
        SessionDone(weeks_ago(21, "11:00"), "larch", {**SESSION, "pain_before": 7, "pain_after": 2}),
        CheckedIn(weeks_ago(21, "19:10"), "d0", {"pain": 2, "relief": 60}),
        CheckedIn(weeks_ago(21, "09:10", 1), "d1", {"pain": 5, "relief": 20}),
        CheckedIn(weeks_ago(21, "09:10", 3), "d3", {"pain": 4, "relief": 40}),
        CheckedIn(weeks_ago(21, "09:10", 7), "d7", {"pain": 3, "relief": 60}),
        CheckedIn(
            weeks_ago(21, "20:10", 14),
            "d14",
            {"pain": 2, "relief": 80, "better_or_less_medicine": True, "peg": (2, 2, 3), "rmdq": (2, 3, 10, 21)},
        ),
        CheckedIn(weeks_ago(21, "20:10", 31), "m1", {"pain": 2, "relief": 80}),
        CheckedIn(weeks_ago(21, "20:10", 62), "m2", {"pain": 3, "relief": 70}, "hazel"),
        CheckedIn(
            weeks_ago(21, "20:10", 92),
            "m3",
            {"pain": 3, "relief": 60, "better_or_less_medicine": True, "peg": (3, 3, 3), "rmdq": (2, 3, 9, 10, 21, 23)},
        ),
        ChartReopened(weeks_ago(3, "14:00"), "larch"),
        Charted(weeks_ago(3, "14:05"), "larch", "exam", EXAMINED),
        Charted(
            weeks_ago(3, "14:10"),
            "larch",
            "plan",
            lumbar_plan(
                "left", differs_from_last="no", rationale="Relief of three months, with function; pain returns."
            ),
        ),
        ChartClosed(weeks_ago(3, "14:20"), "larch"),
        Decided(
            weeks_ago(3, "14:30"),
            "larch",
            "candidate",
            (
                "The first injection gave you more than three months, and you used them well. As the pain comes back, "
                "a second one is a fair choice.",
                "Please go on with your exercises until then. We will call you to find a day.",
                "If anything changes, tell us on your page or call 555 0100.",
            ),
        ),
        PayerAnswered(weeks_ago(3, "16:00", 1), "hazel", "asked", reference="TEST-PA-4410"),
    ),
    Answers(
        _leg("left", Month(330), "I cannot stand at the stove.", **PEG_AND_SHEET),
        {"therapies": (_therapy(120, 10),), "scans": MRI},
    ),
)
MAGNOLIA = Story(
    Person("Magnolia", date(1979, 5, 17), "female", "555 0151", "Cigna", MAIN, plan_name="Test Choice"),
    "half better a week after the session: physical therapy should begin, and nobody has asked for it yet",
    (
        *signed(weeks_ago(7, "09:30"), weeks_ago(7, "19:00", 1), "Test Patient Magnolia"),
        *_decided(weeks_ago(5, "10:00"), "larch", ("L5-S1", "right", "S1"), AGREED, levels_contiguous="yes"),
        PayerAnswered(weeks_ago(5, "12:00"), "hazel", "asked", reference="TEST-PA-5101"),
        PayerAnswered(weeks_ago(4, "12:00"), "hazel", "approved", reference="TEST-PA-5101", last_day=Day(-90)),
        Booked(weeks_ago(4, "12:10"), "hazel", Day(-14), "09:30"),
        CheckedBefore(weeks_ago(2, "09:00"), "hazel"),
        SessionDone(weeks_ago(2, "10:00"), "larch", {**SESSION, "pain_before": 6, "pain_after": 3}),
        CheckedIn(weeks_ago(2, "19:10"), "d0", {"pain": 3, "relief": 50}),
        CheckedIn(weeks_ago(2, "09:10", 1), "d1", {"pain": 6, "relief": 10}),
        CheckedIn(weeks_ago(2, "09:10", 3), "d3", {"pain": 4, "relief": 40}),
        CheckedIn(weeks_ago(2, "09:10", 7), "d7", {"pain": 3, "relief": 60}),
        Worked(weeks_ago(2, "09:10", 14)),
    ),
    Answers(
        _leg("right", Day(120), "I cannot sit through a film.", **PEG_AND_SHEET),
        {"therapies": (_therapy(90, 5),), "scans": MRI},
    ),
)
OLIVO = Story(
    Person("Olivo", date(1966, 9, 9), "male", "555 0152", "Credence Blue Cross Blue Shield", LAKE, language="es"),
    "the relief ended after a month, sooner than hoped: the doctor hears of it; read in Spanish",
    (
        *signed(weeks_ago(10, "10:30"), weeks_ago(10, "19:30", 1), "Test Patient Olivo"),
        *_decided(weeks_ago(9, "15:00"), "rowan", ("L4-5", "left", "L5"), ACORDADO),
        PayerAnswered(weeks_ago(9, "16:30"), "hazel", "approved", reference="TEST-PA-6022", last_day=Day(-60)),
        Booked(weeks_ago(8, "09:00"), "hazel", Day(-14), "14:00"),
        CheckedBefore(weeks_ago(6, "13:30"), "hazel"),
        SessionDone(
            weeks_ago(6, "14:40"),
            "rowan",
            {**SESSION, "pain_before": 7, "pain_after": 4, "rehabilitation": "home"},
            went_wrong=("vasovagal",),
        ),
        CheckedIn(weeks_ago(6, "19:30"), "d0", {"pain": 4, "relief": 40}),
        Worked(weeks_ago(6, "09:10", 1)),
        CheckedIn(weeks_ago(6, "21:00", 7), "d7", {"pain": 3, "relief": 60}),
        CheckedIn(weeks_ago(6, "21:00", 14), "d14", {"pain": 2, "relief": 80, "better_or_less_medicine": True}),
        CheckedIn(weeks_ago(6, "21:00", 31), "m1", {"pain": 6, "relief": 10}),
    ),
    Answers(
        _leg(
            "left",
            Day(95),
            "No puedo agacharme a trabajar.",
            numb_where="El lado de la pantorrilla",
            **dict.fromkeys(("do_sleep", "do_sit", "do_stand", "do_walk", "do_house"), "hard"),
            do_dress="easy",
        ),
        {"therapies": (_therapy(80, 20),), "scans": MRI},
    ),
)
CYPRESS = Story(
    Person("Cypress", date(1949, 2, 14), "male", "555 0153", "Medicare", MAIN, member_id="TEST-0007"),
    "the session is today: a blood thinner was stopped as its prescriber agreed, and the checklist waits",
    (
        *signed(weeks_ago(4, "09:00"), weeks_ago(4, "10:30", 1), "Test Patient Cypress"),
        *_decided(ago(9, "10:00"), "larch", ("L3-4", "right", "L4"), AGREED, THINNER_FIRST),
        PayerAnswered(ago(8, "10:00"), "hazel", "not_needed"),
        ThinnerAgreed(
            weeks_ago(1, "11:00"),
            "hazel",
            Day(-5),
            Day(-11),
            "Dr. Test Bramble, cardiology",
            "The evening dose is the last.",
        ),
        Booked(minutes_ago(40), "hazel", Day(0), "16:30"),
    ),
    Answers(
        {**_leg("right", Day(140), "I cannot walk to church.", **PEG_AND_SHEET), "any_thinner": "yes"},
        {
            "therapies": (_therapy(100, 15),),
            "scans": MRI,
            "blood-thinners": ({"as_written": "Eliquis 5 mg", "last_taken": "today"},),
        },
    ),
)
TREATED = (MULBERRY, MAGNOLIA, OLIVO, CYPRESS)
