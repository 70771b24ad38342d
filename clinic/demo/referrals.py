"""The referrals of the made-up clinic: every list of the work list has one, and some loops are closed."""

from collections.abc import Callable, Iterator
from functools import partial

from .house import LAKE, MAIN
from .referring import (
    Staff,
    Way,
    accepted,
    answered,
    asked_for,
    called,
    came,
    caught_up,
    matched,
    noted,
    put_off,
    sent,
    they_said,
    turned_away,
    wrote,
)
from .shape import When, ago, minutes_ago, weeks_ago

ACORN = {
    "practice_name": "Test Acorn Primary Care",
    "practitioner_name": "Test Moss, MD",
    "sender_phone": "555 0201",
    "sender_fax": "555 0301",
    "sender_email": "moss@example.org",
}
BRAMBLE = {"practice_name": "Test Bramble Family Medicine", "sender_phone": "555 0202", "sender_fax": "555 0302"}
CAN_WAIT = {"urgency": "routine", "urgency_reason": "Stable for weeks, no weakness"}
CLOVER, DAISY = "Test Clover Physical Therapy", "Test Daisy Rehabilitation"

CAME_IN = (
    Way(
        "Hemlock",
        (
            (
                minutes_ago(70),
                came(
                    **ACORN,
                    at=MAIN,
                    phone="555 0151",
                    question="New weakness of the left foot since yesterday. How soon can you see him?",
                    urgency="urgent",
                    urgency_reason="Foot drop since yesterday",
                    region="lumbar",
                    side="left",
                    sign_progressive_weakness="yes",
                ),
            ),
        ),
    ),
    Way(
        "Yucca",
        (
            (
                ago(4, "11:05"),
                came(
                    **BRAMBLE,
                    **CAN_WAIT,
                    at=LAKE,
                    phone="555 0152",
                    question="Leg pain for five months. Is she a candidate for an injection?",
                    region="lumbar",
                    side="right",
                    tried="yes",
                    therapies=[{"kind": "nsaid", "name": "naproxen", "outcome": "not_enough_help"}],
                ),
            ),
        ),
    ),
    Way(
        "Redwood",
        (
            (
                ago(6, "09:10"),
                came(
                    **ACORN,
                    **CAN_WAIT,
                    at=MAIN,
                    phone="555 0153",
                    question="Arm pain. What do you advise?",
                    region="cervical",
                ),
            ),
            (
                ago(5, "10:00"),
                asked_for(["therapies", "imaging_report"], "Please send the report of the MRI that you name."),
            ),
        ),
    ),
    Way(
        "Olive",
        (
            (
                ago(3, "10:20"),
                came(
                    **BRAMBLE,
                    by="hazel",
                    door="phone",
                    at=LAKE,
                    phone="555 0154",
                    urgency="soon",
                    urgency_reason="Cannot sleep for pain",
                    question="Pain down the left leg for two months despite exercises.",
                    region="lumbar",
                    side="left",
                ),
            ),
            (ago(2, "09:15"), matched(sender="Test Bramble Family Medicine")),
            (ago(2, "09:20"), accepted()),
        ),
    ),
    Way(
        "Cedar",
        (
            (
                ago(5, "08:40"),
                came(
                    **ACORN,
                    **CAN_WAIT,
                    at=MAIN,
                    question="Is she a candidate for an injection?",
                ),
            ),
            (ago(4, "09:30"), matched(sender="Test Acorn Primary Care")),
            (ago(4, "09:35"), accepted()),
        ),
    ),
    Way(
        "Hawthorn",
        (
            (
                ago(5, "12:00"),
                came(
                    **ACORN,
                    at=MAIN,
                    urgency="soon",
                    urgency_reason="Walks less each week",
                    question="Legs heavy on walking. Would an injection help her, at 84?",
                    region="lumbar",
                    side="both",
                ),
            ),
            (ago(4, "09:00"), matched(sender="Test Acorn Primary Care")),
            (ago(4, "09:10"), accepted()),
        ),
    ),
    Way(
        "Walnut",
        (
            (
                ago(8, "14:00"),
                came(**BRAMBLE, **CAN_WAIT, at=LAKE, question="Pain between the shoulder blades. What comes next?"),
            ),
            (ago(6, "09:00"), matched(sender="Test Bramble Family Medicine")),
            (ago(6, "09:05"), accepted()),
            (ago(3, "10:35"), caught_up()),
        ),
    ),
    Way(
        "Spruce",
        (
            (
                ago(13, "15:00"),
                came(**BRAMBLE, **CAN_WAIT, at=LAKE, question="Is he a candidate for an injection?"),
            ),
            (ago(11, "09:00"), matched(sender="Test Bramble Family Medicine")),
            (ago(11, "09:10"), accepted()),
            (ago(4, "14:45"), caught_up()),
            (ago(3, "10:00"), answered("fax")),
        ),
    ),
    Way(
        "Poplar",
        (
            (ago(30, "10:00"), came(**ACORN, **CAN_WAIT, at=MAIN, question="Is he a candidate for an injection?")),
            (ago(29, "09:00"), matched(sender="Test Acorn Primary Care")),
            (ago(29, "09:05"), accepted()),
            (ago(24, "10:45"), caught_up()),
            (ago(23, "09:00"), answered("direct")),
            (ago(22, "11:00"), noted("closed", told=True)),
        ),
    ),
    Way(
        "Chestnut",
        (
            (
                ago(45, "10:00"),
                came(
                    **BRAMBLE,
                    **CAN_WAIT,
                    at=LAKE,
                    question="Knee pain on the stairs. Would you inject?",
                    region="unknown",
                    side="right",
                ),
            ),
            (
                ago(44, "09:30"),
                turned_away("refused", ["not_our_region"], "We treat the spine alone. An orthopedist can help."),
            ),
            (ago(43, "10:00"), answered("fax")),
            (ago(41, "15:00"), noted("closed", told=True)),
        ),
    ),
    Way(
        "Acacia",
        (
            (ago(38, "11:30"), came(**ACORN, **CAN_WAIT, at=MAIN, question="Is she a candidate?", region="lumbar")),
            (ago(37, "09:00"), noted("cancelled", reason="Sent twice: the practice withdrew this one by phone.")),
        ),
    ),
)
SENT_OUT = (
    Way(
        "Poplar",
        (
            (
                ago(24, "11:10"),
                wrote(
                    doctor="larch",
                    urgency="soon",
                    question="Please finish the course with active exercise: strength of the trunk and the left leg.",
                    goals=["strength", "walking"],
                    goal_line="Stand through a shift",
                    visits=6,
                ),
            ),
            (ago(24, "11:30"), sent(CLOVER)),
            (ago(23, "09:40"), they_said("accepted")),
            (ago(22, "14:00"), they_said("booked", visit_in=2)),
            (ago(20, "17:00"), they_said("attended")),
            (ago(10, "16:00"), they_said("discharged")),
            (ago(9, "12:00"), they_said("report_received", report="Test discharge note about Test Patient Poplar")),
            (ago(7, "10:35"), noted("read", by="larch")),
            (ago(7, "15:00"), noted("patient_told", how="phone")),
            (ago(6, "09:00"), noted("closed")),
        ),
        "physical_therapy",
    ),
    Way(
        "Poplar",
        (
            (ago(24, "11:15"), wrote(doctor="larch", question="Is there a disc herniation at L4-5?", study="mri")),
            (ago(24, "11:35"), sent("Test Ginkgo Radiology")),
            (ago(23, "10:10"), they_said("booked", visit_in=3)),
            (ago(19, "09:00"), they_said("not_attended", why="cost")),
            (ago(18, "10:00"), called("patient", "declined", "Has had an MRI since, at another place.")),
            (ago(18, "10:05"), noted("closed", reason="Done elsewhere; the report is on record.")),
        ),
        "imaging",
    ),
    Way(
        "Sycamore",
        (
            (
                ago(4, "15:00"),
                wrote(
                    doctor="larch",
                    urgency="soon",
                    question="Active exercise for the trunk, and a home program.",
                    goals=["strength", "posture"],
                    visits=8,
                ),
            ),
            (ago(4, "15:20"), sent(DAISY)),
            (ago(2, "10:00"), called("practice", "left_message", "Asked for the day of the first visit.")),
            (ago(1, "10:00"), called("practice", "no_answer", "Rang out twice.")),
        ),
        "physical_therapy",
    ),
    Way(
        "Tamarack",
        (
            (
                ago(5, "11:40"),
                wrote(
                    doctor="larch",
                    urgency="urgent",
                    question="Growing weakness. Please see this patient this week.",
                ),
            ),
            (ago(5, "11:50"), sent("Test Heather Spine Surgeons", "phone")),
            (ago(5, "13:00"), they_said("booked", visit_in=2)),
        ),
        "surgery",
    ),
    Way(
        "Tamarack",
        (
            (ago(4, "09:00"), wrote(doctor="larch", question="Please note whom we sent this patient to, and why.")),
            (ago(4, "09:10"), sent("Test Bramble Family Medicine")),
            (ago(3, "09:00"), put_off(10, "The practice is closed for two weeks; a colleague reads its mail.")),
        ),
        "primary_care",
    ),
    Way(
        "Sycamore",
        (
            (ago(5, "15:50"), wrote(doctor="larch", question="Please assess, and help her to live with the pain.")),
            (ago(5, "16:05"), sent("Test Ivy Behavioural Health", "mail")),
            (ago(3, "11:00"), they_said("refused", reason="No appointments before next spring.")),
        ),
        "behavioural_health",
    ),
    Way(
        "Walnut",
        (
            (ago(3, "10:50"), wrote(doctor="rowan", question="Is the thoracic spine free of a tumor?", study="mri")),
            (ago(3, "11:00"), sent("Test Imaging Center", "direct")),
            (ago(3, "15:00"), they_said("booked", visit_in=1)),
            (ago(2, "16:30"), they_said("attended")),
        ),
        "imaging",
    ),
    Way(
        "Pine",
        (
            (ago(10, "15:50"), wrote(doctor="larch", question="Active exercise for neck and shoulders.", visits=8)),
            (ago(10, "16:00"), sent(CLOVER)),
            (ago(9, "10:00"), they_said("booked", visit_in=2)),
            (ago(7, "17:00"), they_said("attended")),
            (ago(4, "12:00"), they_said("report_received", report="Test first report about Test Patient Pine")),
        ),
        "physical_therapy",
    ),
    Way(
        "Zelkova",
        (
            (ago(6, "15:00"), wrote(doctor="rowan", question="A home program, twice a week under guidance.")),
            (ago(6, "15:10"), sent("Test Elder Movement Studio", "mail")),
            (ago(5, "11:00"), noted("booked", how="phone", visit_in=1)),
            (ago(3, "13:00"), they_said("attended")),
            (ago(2, "13:00"), they_said("report_received", report="Test report about Test Patient Zelkova")),
            (ago(1, "09:00"), noted("read", by="rowan")),
        ),
        "physical_therapy",
    ),
    Way(
        "Willow",
        (
            (ago(6, "10:00"), wrote(doctor="larch", question="Please strengthen trunk and leg.", goals=["strength"])),
            (ago(6, "10:15"), sent(DAISY)),
            (ago(5, "10:00"), they_said("booked", visit_in=2)),
            (ago(2, "09:00"), they_said("not_attended", why="transport")),
            (ago(1, "11:00"), called("patient", "asks_later", "Her son drives her; call when he is back.", again_in=4)),
        ),
        "physical_therapy",
    ),
    Way(
        "Mulberry",
        (
            (
                weeks_ago(21, "10:00", 7),
                wrote(
                    doctor="larch", urgency="soon", question="Trunk and leg, while it hurts less.", goals=["strength"]
                ),
            ),
            (weeks_ago(21, "10:15", 7), sent(CLOVER)),
            (weeks_ago(21, "11:00", 10), they_said("booked", visit_in=3)),
            (weeks_ago(21, "17:00", 13), they_said("attended")),
            (weeks_ago(21, "17:00", 70), they_said("discharged")),
            (
                weeks_ago(21, "17:30", 70),
                they_said("report_received", report="Test report about Test Patient Mulberry"),
            ),
            (weeks_ago(10, "09:00"), noted("read", by="larch")),
            (weeks_ago(10, "09:30"), noted("patient_told")),
            (weeks_ago(10, "09:40"), noted("closed")),
        ),
        "physical_therapy",
    ),
    Way(
        "Linden",
        (
            (
                ago(1, "16:00"),
                wrote(doctor="larch", signed=False, urgency="soon", question="How narrow is the canal?", study="mri"),
            ),
        ),
        "imaging",
    ),
)


def _happenings() -> Iterator[tuple[When, Callable[[Staff], object]]]:
    for way in (*CAME_IN, *SENT_OUT):
        for when, act in way.happened:
            yield when, partial(act, way)


HAPPENINGS = tuple(_happenings())
