"""Those who were decided on, each way that a decision against an injection can go."""

from datetime import date

from clinic.demo.house import LAKE, MAIN
from clinic.demo.shape import (
    Answers,
    ChartClosed,
    Charted,
    Claimed,
    Day,
    Decided,
    Looked,
    Month,
    Person,
    Story,
    Weeks,
    ago,
)

from .arrivals import begun, signed
from .charts import EXAMINED, NOTHING_SUSPECTED, charted, lumbar_plan, radicular, read_as

SPRUCE = Story(
    Person("Spruce", date(1955, 8, 8), "male", "555 0142", "Medicare", LAKE, member_id="TEST-0004"),
    "not yet: 27 days of care, where 28 are asked for",
    (
        *signed(ago(14, "14:00"), ago(12, "09:10"), "Test Patient Spruce"),
        Claimed(ago(4, "13:00"), "rowan"),
        *charted(
            4,
            13,
            "rowan",
            {
                "exam": EXAMINED,
                "diagnosis": radicular("stenosis", "L4"),
                "medicines": NOTHING_SUSPECTED,
                "plan": lumbar_plan("right"),
            },
        ),
        read_as(4, "13:20", "rowan", "stenosis", "L3-4", "right"),
        ChartClosed(ago(4, "13:30"), "rowan"),
        Decided(
            ago(4, "13:40"),
            "rowan",
            "not_yet",
            (
                "I have looked at everything you told us. An injection is not the next step yet. It may be later.",
                "What comes first: please go back to your physical therapy for two more weeks, and do the exercises "
                "at home every day.",
                "We will look at it again when this is done. If the pain gets worse or anything changes, "
                "call 555 0100.",
            ),
        ),
    ),
    Answers(
        {
            "areas": ("low_back", "right_thigh", "right_calf"),
            "region": "lumbar",
            "side": "right",
            "travels": ("thigh", "calf"),
            "numb_where": "Front of the right thigh, to the knee",
            "onset": Day(64),
            "nrs_now": "4",
            "nrs_average": "5",
            "nrs_worst": "7",
            "severity": "moderate",
            "kept_from": "I cannot kneel in the garden.",
            "peg_pain": "5",
            "peg_enjoyment": "4",
            "peg_activity": "6",
            "rmdq": ("3", "5", "10", "11", "12", "17", "21", "23"),
            "other_medicines": "Tamsulosin",
        },
        {
            "therapies": (
                {
                    "kind": "physical_therapy",
                    "outcome": "not_enough_help",
                    "from": Day(40),
                    "to": Day(13),
                    "prescribed": "prescribed",
                    "sessions": "8",
                    "active_exercise": "yes",
                },
            ),
            "scans": ({"modality": "mri", "on": Day(30), "place": "Test Imaging Center, Riverton"},),
        },
    ),
)
SYCAMORE = Story(
    Person("Sycamore", date(1992, 12, 19), "female", "555 0143", "Test Mutual Health Plan", MAIN),
    "not a candidate: the pain stays in the back; no criteria set serves this payer",
    (
        *signed(ago(13, "10:45"), ago(11, "12:00"), "Test Patient Sycamore"),
        Claimed(ago(5, "15:00"), "larch"),
        *charted(
            5,
            15,
            "larch",
            {
                "exam": {"exam.on": Day(0), "exam.root_signs": "no", "exam.concordant": "no"},
                "diagnosis": {"complaint.diagnosis": "nonspecific", "complaint.pain_pattern": "axial"},
            },
        ),
        ChartClosed(ago(5, "15:20"), "larch"),
        Decided(
            ago(5, "15:30"),
            "larch",
            "not_a_candidate",
            (
                "I have looked at everything you told us and at your records. I do not think that an injection near "
                "the nerve in your spine would help you: your pain does not come from a nerve.",
                "This does not mean that your pain is not real, or that nothing can be done. What I suggest instead: "
                "a program of guided exercise, and a talk with us about how you sit at work.",
                "If you want to talk about this, call 555 0100.",
            ),
        ),
    ),
    Answers(
        {
            "areas": ("low_back",),
            "region": "lumbar",
            "side": "midline",
            "travels": ("none",),
            "numbness": "no",
            "onset": Month(150),
            "nrs_now": "4",
            "nrs_average": "5",
            "nrs_worst": "7",
            "severity": "moderate",
            "kept_from": "I cannot sit through a shift at the desk.",
            "peg_pain": "5",
            "peg_enjoyment": "5",
            "peg_activity": "4",
            "rmdq": ("2", "6", "10", "13", "18", "21"),
            "any_scan": "no",
            "worry": "I do not want to end up like my uncle, in a wheelchair.",
        },
        {
            "therapies": (
                {
                    "kind": "massage",
                    "outcome": "no_lasting_help",
                    "from": Month(90),
                    "to": "going",
                    "prescribed": "own",
                },
                {"kind": "nsaid", "outcome": "no_help", "from": Weeks(12), "to": Weeks(10), "prescribed": "own"},
            )
        },
    ),
)
TAMARACK = Story(
    Person("Tamarack", date(1969, 6, 30), "male", "555 0144", "Credence Blue Cross Blue Shield", LAKE),
    "urgent, and sent elsewhere the same hour",
    (
        *begun(ago(6, "08:30"), ago(5, "10:00"), until="now"),
        Looked(ago(5, "10:12"), "hazel"),
        Claimed(ago(5, "10:18"), "larch"),
        Decided(
            ago(5, "10:31"),
            "larch",
            "sent_elsewhere",
            (
                "What you told us needs to be looked at now, and not by an injection. Please go to the emergency "
                "department of Test General Hospital today, as we said on the phone.",
                "If it gets worse on the way, call 911. If you have a question, call 555 0100.",
            ),
            reason="Called at 10:20. Foot drop since two days, getting worse. Goes to the emergency department of "
            "Test General Hospital, wife drives; spoke to the spine surgeon on call.",
        ),
    ),
    Answers({"progressive_weakness": "yes"}),
)
WALNUT = Story(
    Person("Walnut", date(1963, 10, 10), "female", "555 0145", "BlueCross BlueShield of Tennessee", LAKE),
    "see in clinic: cancer before and weight lost, which the doctor wants to look into first",
    (
        *signed(ago(9, "16:00"), ago(7, "11:00"), "Test Patient Walnut"),
        Claimed(ago(3, "09:00"), "rowan"),
        Charted(ago(3, "09:10"), "rowan", "diagnosis", {"complaint.pain_pattern": "radicular"}),
        ChartClosed(ago(3, "09:20"), "rowan"),
        Decided(
            ago(3, "09:30"),
            "rowan",
            "see_in_clinic",
            (
                "I have looked at everything you told us. I would like to see you before we decide, and to take a "
                "new picture of your mid back.",
                "We will call you today to find a day this week. Please bring the letters of your earlier "
                "treatment. If anything changes before then, call 555 0100.",
            ),
            still_missing=("Signs of a nerve root",),
        ),
    ),
    Answers(
        {
            "cancer_history": "yes",
            "unexplained_weight_loss": "yes",
            "pregnant": "no",
            "areas": ("mid_back", "chest"),
            "region": "thoracic",
            "side": "right",
            "travels": ("chest",),
            "walking": "same",
            "sitting": "same",
            "numbness": "dk",
            "onset": Weeks(8),
            "nrs_now": "6",
            "nrs_average": "6",
            "nrs_worst": "8",
            "kept_from": "I wake up from it every night.",
            "peg_pain": "6",
            "peg_enjoyment": "7",
            "peg_activity": "5",
            "other_medicines": "Anastrozole, vitamin D",
            "immunosuppressed": "dk",
            "worry": "That the cancer is back.",
        },
        {
            "therapies": (
                {
                    "kind": "acetaminophen",
                    "outcome": "not_enough_help",
                    "from": Weeks(7),
                    "to": "going",
                    "prescribed": "own",
                },
                {"kind": "heat_or_cold", "outcome": "no_help", "from": Weeks(6), "to": "going", "prescribed": "own"},
            ),
            "scans": ({"modality": "x_ray", "on": Day(20), "place": "Test Walk-in Clinic, Riverton"},),
        },
    ),
)
DECIDED = (SPRUCE, SYCAMORE, TAMARACK, WALNUT)
