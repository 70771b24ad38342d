"""Those whom a doctor works on: claimed, asked for more, come back, ready to be decided."""

from datetime import date

from clinic.demo.house import LAKE, MAIN
from clinic.demo.shape import (
    Answered,
    Answers,
    Asked,
    ChartClosed,
    Charted,
    Claimed,
    Day,
    Looked,
    Month,
    Person,
    RecordAsked,
    RecordCame,
    RecordSent,
    Scored,
    Story,
    Weeks,
    ago,
)

from .arrivals import signed
from .charts import EXAMINED, NOTHING_SUSPECTED, charted, lumbar_plan, radicular, read_as

LINDEN = Story(
    Person("Linden", date(1988, 10, 6), "female", "555 0131", "Cigna", MAIN, plan_name="Test Open Access"),
    "claimed by Dr. Larch, the chart half filled, and the doctor's word differs from the patient's",
    (
        *signed(ago(9, "09:50"), ago(8, "12:30"), "Test Patient Linden"),
        Looked(ago(4, "08:30"), "hazel"),
        Claimed(ago(1, "11:40"), "larch"),
        *charted(1, 12, "larch", {"exam": EXAMINED, "diagnosis": radicular("disc_herniation", "S1", side="left")}),
        read_as(1, "12:15", "larch", "disc_herniation", "L5-S1", "left"),
    ),
    Answers(
        {
            "areas": ("low_back", "left_buttock", "left_calf", "left_foot"),
            "region": "lumbar",
            "side": "both",
            "travels": ("buttock", "thigh", "calf", "foot"),
            "numb_where": "Outside of the left foot",
            "onset": Day(75),
            "how_it_began": "lifting",
            "injury_what": "I picked up my son from his crib.",
            "nrs_now": "6",
            "nrs_average": "6",
            "nrs_worst": "9",
            "kept_from": "I cannot lift my son or sit through a work call.",
            "peg_pain": "6",
            "peg_enjoyment": "7",
            "peg_activity": "6",
            "rmdq": ("2", "3", "6", "8", "10", "11", "13", "16", "18", "21", "22", "23"),
            "hope": "Carry my son again.",
            "worry": "Is it safe if I want another child next year?",
        },
        {
            "therapies": (
                {
                    "kind": "nsaid",
                    "outcome": "not_enough_help",
                    "from": Day(73),
                    "to": "going",
                    "prescribed": "prescribed",
                    "name": "Meloxicam 15 mg",
                },
                {
                    "kind": "physical_therapy",
                    "outcome": "not_enough_help",
                    "from": Day(60),
                    "to": Day(18),
                    "prescribed": "prescribed",
                    "sessions": "9",
                    "active_exercise": "yes",
                },
                {
                    "kind": "massage",
                    "outcome": "no_lasting_help",
                    "from": Weeks(5),
                    "to": Day(20),
                    "prescribed": "own",
                },
            ),
            "scans": ({"modality": "mri", "on": Day(24), "place": "Test Imaging Center, Springfield"},),
        },
    ),
)
OAK = Story(
    Person("Oak", date(1962, 7, 19), "male", "555 0132", "Blue Cross Blue Shield of Massachusetts", MAIN),
    "asked for more: nobody knows when physical therapy ended",
    (
        *signed(ago(12, "10:05"), ago(10, "19:10"), "Test Patient Oak"),
        Claimed(ago(3, "15:30"), "rowan"),
        Asked(
            ago(3, "15:45"),
            "rowan",
            ("therapies[].to",),
            "When was your last visit to physical therapy? The date is on the paper that they gave you.",
        ),
    ),
    Answers(
        {
            "areas": ("low_back", "right_thigh", "right_calf"),
            "region": "lumbar",
            "side": "right",
            "travels": ("thigh", "calf"),
            "numb_where": "Right shin",
            "onset": Month(100),
            "nrs_now": "4",
            "nrs_average": "6",
            "nrs_worst": "8",
            "severity": "moderate",
            "kept_from": "I cannot walk my dog in the morning.",
            "peg_pain": "6",
            "peg_enjoyment": "5",
            "peg_activity": "6",
            "rmdq": ("3", "6", "10", "11", "17", "18", "21", "23"),
            "other_medicines": "Omeprazole",
        },
        {
            "therapies": (
                {
                    "kind": "physical_therapy",
                    "outcome": "no_lasting_help",
                    "from": Month(80),
                    "to": "dk",
                    "prescribed": "prescribed",
                    "provider": "Test Back Center, Springfield",
                    "active_exercise": "yes",
                },
                {
                    "kind": "acetaminophen",
                    "outcome": "no_help",
                    "from": Day(40),
                    "to": Day(26),
                    "prescribed": "own",
                },
            ),
            "scans": ({"modality": "mri", "on": Month(45)},),
        },
    ),
)
PINE = Story(
    Person("Pine", date(1975, 5, 24), "female", "555 0133", "Blue Cross Blue Shield of South Carolina", LAKE),
    "asked, and answered: back in the list by itself",
    (
        *signed(ago(15, "13:20"), ago(14, "08:15"), "Test Patient Pine"),
        RecordAsked(ago(13, "09:00"), "hazel", "imaging", 1, address="8 Test Imaging Road, Riverton"),
        RecordSent(ago(13, "09:20"), "hazel", "mail"),
        Claimed(ago(7, "10:20"), "larch"),
        Asked(
            ago(7, "10:34"),
            "larch",
            ("onset",),
            "When did the arm pain begin? A rough idea helps, for example the weeks before a holiday.",
        ),
        Answered(
            ago(2, "20:10"),
            {
                "onset": Weeks(9),
                "worsened": "no",
                "answer_to_note": "It began soon after school started, about nine weeks ago.",
            },
        ),
    ),
    Answers(
        {
            "areas": ("neck", "left_shoulder", "left_arm", "left_hand"),
            "region": "cervical",
            "side": "left",
            "travels": ("shoulder", "arm", "hand"),
            "walking": "same",
            "numb_where": "Left middle finger",
            "onset": "dk",
            "how_it_began": "suddenly",
            "nrs_now": "5",
            "nrs_average": "6",
            "nrs_worst": "8",
            "kept_from": "I cannot braid my daughter's hair or sleep on my left.",
            "peg_pain": "6",
            "peg_enjoyment": "6",
            "peg_activity": "7",
            "other_medicines": "Birth control pill",
            "hope": "Sleep through the night.",
        },
        {
            "therapies": (
                {
                    "kind": "muscle_relaxant",
                    "outcome": "no_help",
                    "from": Day(44),
                    "to": Day(37),
                    "prescribed": "prescribed",
                    "name": "Cyclobenzaprine 5 mg at night",
                },
                {
                    "kind": "physical_therapy",
                    "outcome": "not_enough_help",
                    "from": Day(35),
                    "to": "going",
                    "prescribed": "prescribed",
                    "sessions": "8",
                    "active_exercise": "yes",
                },
            ),
            "scans": ({"modality": "mri", "on": Day(16), "place": "Test Imaging Center, Riverton"},),
        },
    ),
)
WILLOW = Story(
    Person("Willow", date(1954, 1, 15), "female", "555 0134", "Medicare", MAIN, member_id="TEST-0003"),
    "ready to decide, with an earlier injection: 80 % for six weeks is too short for Medicare, enough for eviCore",
    (
        *signed(ago(10, "11:11"), ago(9, "15:40"), "Test Patient Willow"),
        RecordAsked(ago(8, "10:02"), "hazel", "injections", 1),
        RecordSent(ago(8, "10:15"), "hazel", "portal"),
        RecordCame(ago(1, "08:40"), "hazel", "procedure note.pdf", "Test procedure note, epidural injection"),
        Claimed(ago(1, "09:02"), "larch"),
        *charted(
            1,
            9,
            "larch",
            {"exam": EXAMINED, "diagnosis": radicular("stenosis", "L5"), "medicines": NOTHING_SUSPECTED},
        ),
        read_as(1, "09:18", "larch", "stenosis", "L4-5", "right"),
        Charted(
            ago(1, "09:22"),
            "larch",
            "injections",
            rows={
                "injections": (
                    {"approach": "transforaminal", "level_count": "1", "drug": "dexamethasone", "dose_mg": "10"},
                )
            },
        ),
        Scored(ago(1, "09:25"), "larch", "NRS", "8", Day(130), injection=1, moment="before"),
        Scored(ago(1, "09:26"), "larch", "NRS", "1.6", Day(88), injection=1, moment="after"),
        Charted(ago(1, "09:30"), "larch", "plan", lumbar_plan("right", rationale="The first one helped.")),
        ChartClosed(ago(1, "09:34"), "larch"),
    ),
    Answers(
        {
            "areas": ("low_back", "right_buttock", "right_calf", "right_foot"),
            "region": "lumbar",
            "side": "right",
            "travels": ("buttock", "calf", "foot"),
            "numb_where": "Top of the right foot",
            "onset": Month(260),
            "nrs_now": "6",
            "nrs_average": "7",
            "nrs_worst": "8",
            "kept_from": "I cannot stand at the stove or walk to the mailbox.",
            "peg_pain": "7",
            "peg_enjoyment": "7",
            "peg_activity": "8",
            "rmdq": ("2", "3", "4", "5", "6", "10", "11", "12", "16", "17", "18", "21", "23"),
            "other_medicines": "Amlodipine, calcium",
            "any_injection": "yes",
            "hope": "Cook for my family again.",
        },
        {
            "therapies": (
                {
                    "kind": "physical_therapy",
                    "outcome": "not_enough_help",
                    "from": Day(215),
                    "to": Day(160),
                    "prescribed": "prescribed",
                    "sessions": "14",
                    "active_exercise": "yes",
                },
                {
                    "kind": "home_exercise",
                    "outcome": "not_enough_help",
                    "from": Day(110),
                    "to": "going",
                    "prescribed": "prescribed",
                    "active_exercise": "yes",
                },
            ),
            "scans": ({"modality": "mri", "on": Day(170), "place": "Test General Hospital"},),
            "injections": (
                {
                    "on": Day(115),
                    "region": "lumbar",
                    "side": "right",
                    "relief": "80",
                    "relief_until": Day(73),
                    "better": "yes",
                    "place": "Test General Hospital",
                },
            ),
        },
    ),
)
IN_WORK = (LINDEN, OAK, PINE, WILLOW)
