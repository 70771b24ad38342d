"""Those who were invited, came, began, or were stopped on the way."""

from datetime import date

from clinic.demo.house import LAKE, MAIN
from clinic.demo.shape import (
    Added,
    Answers,
    CameAlone,
    FilledIn,
    LeftTyped,
    Looked,
    Month,
    Person,
    Story,
    Weeks,
    ago,
    minutes_ago,
)

from .arrivals import begun, invited

ALDER = Story(
    Person("Alder", date(1971, 8, 14), "female", "555 0111", "Medicare", MAIN),
    "invited, and has not begun",
    invited(ago(3, "10:12")),
)
ASPEN = Story(
    Person("Aspen", date(1985, 1, 30), "male", "555 0112", "Cigna", LAKE),
    "invited, and the invitation has run out",
    invited(ago(11, "14:40")),
)
BIRCH_ON_REGISTER = Story(
    Person("Birch", date(1979, 6, 21), "male", "555 0113", "Credence Blue Cross Blue Shield", LAKE),
    "on the register since an earlier call",
    (Added(ago(32, "11:05"), with_email=False),),
)
BIRCH = Story(
    Person("Birch", date(1979, 6, 21), "male", "555 0113", "Credence Blue Cross Blue Shield", LAKE),
    "began without an invitation, and looks like somebody on the register",
    (CameAlone(ago(1, "12:20"), "t.birch@example.org"), FilledIn(ago(1, "12:26"), until="insurance")),
)
CEDAR = Story(
    Person("Cedar", date(1990, 3, 9), "female", "555 0114", "Cigna", MAIN),
    "started the questions",
    begun(ago(6, "09:30"), ago(5, "13:02"), until="travels"),
    Answers(
        {
            "areas": ("neck", "left_shoulder", "left_arm"),
            "region": "cervical",
            "side": "left",
            "travels": ("shoulder", "arm"),
        }
    ),
)
DOGWOOD = Story(
    Person("Dogwood", date(1966, 11, 2), "male", "555 0115", "BlueCross BlueShield of Tennessee", LAKE),
    "nearly done: only hopes and worries are left, one half typed",
    (
        *begun(ago(4, "15:10"), ago(2, "10:45"), until="since"),
        LeftTyped(ago(2, "11:28"), "hopes", "hope", {"hope": "I want to drive my truck for an hour without"}),
    ),
    Answers(
        {
            "areas": ("low_back", "right_buttock", "right_thigh"),
            "region": "lumbar",
            "side": "right",
            "travels": ("buttock", "thigh"),
            "numb_where": "The front of the right thigh",
            "onset": Month(80),
            "how_it_began": "lifting",
            "injury_what": "I lifted a cooler into the truck.",
            "nrs_now": "5",
            "nrs_average": "6",
            "nrs_worst": "8",
            "severity": "moderate",
            "kept_from": "I cannot sit in the truck for my whole shift.",
            "peg_pain": "6",
            "peg_enjoyment": "5",
            "peg_activity": "7",
            "rmdq": ("2", "3", "6", "10", "11", "18", "21"),
            "other_medicines": "Lisinopril 10 mg",
            "any_scan": "no",
        },
        {
            "therapies": (
                {
                    "kind": "nsaid",
                    "outcome": "no_lasting_help",
                    "from": Weeks(9),
                    "to": "dk",
                    "prescribed": "own",
                    "name": "Ibuprofen 400 mg",
                },
                {"kind": "heat_or_cold", "outcome": "no_help", "from": Month(60), "to": "going", "prescribed": "own"},
            )
        },
    ),
)
ELM = Story(
    Person("Elm", date(1983, 4, 17), "female", "555 0116", "Cigna", MAIN),
    "stopped by urgent signs, and the clock is running",
    (
        *begun(ago(2, "16:02"), minutes_ago(58), until="now"),
        Looked(minutes_ago(21), "hazel"),
    ),
    Answers({"saddle_numbness": "yes", "bladder_or_bowel_change": "yes"}),
)
BEGUN = (ALDER, ASPEN, BIRCH_ON_REGISTER, BIRCH, CEDAR, DOGWOOD, ELM)
