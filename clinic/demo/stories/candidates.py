"""Candidates, each with another answer of their payer: overturned on appeal, approved, refused."""

from datetime import date

from clinic.demo.house import LAKE, MAIN
from clinic.demo.shape import (
    Answers,
    ChangeReported,
    ChangeSettled,
    ChartClosed,
    ChartReopened,
    Claimed,
    Day,
    Decided,
    Looked,
    Month,
    PayerAnswered,
    Person,
    Story,
    ago,
    minutes_ago,
)

from .arrivals import signed
from .charts import EXAMINED, NOTHING_SUSPECTED, charted, lumbar_plan, radicular, read_as

POPLAR = Story(
    Person("Poplar", date(1981, 3, 28), "male", "555 0141", "Cigna", MAIN, plan_name="Test Choice"),
    "candidate: an earlier decision, not yet, was superseded when six weeks of care were done",
    (
        *signed(ago(31, "09:30"), ago(30, "18:00"), "Test Patient Poplar"),
        Claimed(ago(24, "10:00"), "larch"),
        *charted(
            24,
            10,
            "larch",
            {
                "exam": EXAMINED,
                "diagnosis": radicular("disc_herniation", "L5"),
                "medicines": NOTHING_SUSPECTED,
                "plan": lumbar_plan("left", levels_contiguous="yes"),
            },
        ),
        read_as(24, "10:20", "larch", "disc_herniation", "L4-5", "left"),
        ChartClosed(ago(24, "10:30"), "larch"),
        Decided(
            ago(24, "10:40"),
            "larch",
            "not_yet",
            (
                "I have looked at everything you told us. An injection is not the next step yet. It may be soon.",
                "What comes first: please go on with your physical therapy and your exercises for two more weeks. "
                "Your insurance wants to see six weeks.",
                "Tell us on your page when you have done them. If the pain gets worse, call 555 0100.",
            ),
        ),
        ChangeReported(
            ago(9, "20:15"),
            {"what": ("other",), "words": "I have done my exercises and therapy to the end. The leg hurts the same."},
        ),
        Looked(ago(8, "08:40"), "hazel"),
        Claimed(ago(7, "09:30"), "larch"),
        ChangeSettled(ago(7, "09:40"), "larch", "Finished the therapy, leg pain unchanged. No new weakness."),
        ChartReopened(ago(7, "09:42"), "larch"),
        *charted(7, 10, "larch", {"exam": EXAMINED, "plan": lumbar_plan("left", levels_contiguous="yes")}),
        ChartClosed(ago(7, "10:20"), "larch"),
        Decided(
            ago(7, "10:30"),
            "larch",
            "candidate",
            (
                "You did what was asked, and your leg still hurts. An injection near the nerve in your spine is a "
                "fair choice now.",
                "We will call you to find a day. Please do not stop any medicine before we have talked about it.",
                "If anything changes, tell us on your page or call 555 0100.",
            ),
        ),
        PayerAnswered(
            ago(5, "16:00"),
            "hazel",
            "refused",
            reference="TEST-PA-1184",
            clauses=("conservative-care",),
            reason="The notes do not show six weeks of provider-directed treatment.",
        ),
        PayerAnswered(
            ago(4, "09:15"),
            "larch",
            "appealed",
            reference="TEST-AP-0052",
            reason="The therapist's discharge note, with first and last day, went with the appeal.",
            peer_to_peer="Spoke with the plan's reviewer, a physiatrist: had seen the first four weeks only.",
        ),
        PayerAnswered(
            ago(2, "14:40"), "hazel", "overturned", reference="TEST-AP-0052", reason="Criteria met on the full record."
        ),
    ),
    Answers(
        {
            "areas": ("low_back", "left_buttock", "left_calf", "left_foot"),
            "region": "lumbar",
            "side": "left",
            "travels": ("buttock", "calf", "foot"),
            "numb_where": "Left shin and big toe",
            "onset": Day(32),
            "how_it_began": "lifting",
            "injury_what": "I moved a sofa.",
            "nrs_now": "6",
            "nrs_average": "7",
            "nrs_worst": "9",
            "kept_from": "I cannot drive to work.",
            "peg_pain": "7",
            "peg_enjoyment": "6",
            "peg_activity": "7",
            "rmdq": ("2", "3", "6", "9", "10", "11", "13", "16", "18", "21", "23"),
            "hope": "Drive and go back to work.",
        },
        {
            "therapies": (
                {
                    "kind": "physical_therapy",
                    "outcome": "not_enough_help",
                    "from": Day(20),
                    "to": "going",
                    "prescribed": "prescribed",
                    "active_exercise": "yes",
                    "sessions": "7",
                },
                {
                    "kind": "nsaid",
                    "outcome": "no_lasting_help",
                    "from": Day(20),
                    "to": Day(8),
                    "prescribed": "own",
                    "name": "Naproxen 220 mg",
                },
            ),
            "scans": ({"modality": "mri", "on": Day(15), "place": "Test Imaging Center, Springfield"},),
        },
    ),
)
ZELKOVA = Story(
    Person("Zelkova", date(1952, 4, 4), "male", "555 0146", "Medicare", MAIN, member_id="TEST-0005"),
    "candidate, and then something changed: a new blood thinner brings the case back",
    (
        *signed(ago(16, "09:00"), ago(15, "10:30"), "Test Patient Zelkova"),
        Claimed(ago(6, "14:00"), "rowan"),
        *charted(
            6,
            14,
            "rowan",
            {
                "exam": EXAMINED,
                "diagnosis": {
                    "complaint.diagnosis": "stenosis",
                    "complaint.pain_pattern": "neurogenic_claudication",
                },
                "medicines": NOTHING_SUSPECTED,
                "plan": lumbar_plan("both", bilateral_reason="Both legs give way after one block, on both sides."),
            },
        ),
        read_as(6, "14:20", "rowan", "stenosis", "L4-5", "both"),
        ChartClosed(ago(6, "14:30"), "rowan"),
        Decided(
            ago(6, "14:45"),
            "rowan",
            "candidate",
            (
                "I have looked at everything you told us and at your records. An injection near the nerves in your "
                "spine is a fair choice for the pain in your legs.",
                "We will call you to find a day. Please do not stop any medicine before we have talked about it.",
                "If anything changes, tell us on your page or call 555 0100.",
            ),
        ),
        PayerAnswered(ago(3, "10:05"), "hazel", "approved", reference="TEST-PA-2260"),
        ChangeReported(
            minutes_ago(150),
            {"what": ("blood_thinner",), "as_written": "Plavix 75 mg", "last_taken": "today"},
        ),
    ),
    Answers(
        {
            "areas": ("low_back", "left_thigh", "right_thigh", "left_calf", "right_calf"),
            "region": "lumbar",
            "side": "both",
            "travels": ("buttock", "thigh", "calf"),
            "walking": "worse",
            "sitting": "better",
            "numb_where": "Both calves",
            "onset": Month(190),
            "nrs_now": "3",
            "nrs_average": "6",
            "nrs_worst": "8",
            "kept_from": "I cannot walk to the barber.",
            "peg_pain": "6",
            "peg_enjoyment": "7",
            "peg_activity": "7",
            "rmdq": ("3", "5", "10", "12", "17", "20", "21", "23"),
            "other_medicines": "Lisinopril, atorvastatin",
            "hope": "Walk my dog around the block.",
        },
        {
            "therapies": (
                {
                    "kind": "physical_therapy",
                    "outcome": "not_enough_help",
                    "from": Day(120),
                    "to": Day(60),
                    "prescribed": "prescribed",
                    "sessions": "15",
                    "active_exercise": "yes",
                },
                {
                    "kind": "home_exercise",
                    "outcome": "not_enough_help",
                    "from": Day(60),
                    "to": "going",
                    "prescribed": "prescribed",
                    "active_exercise": "yes",
                },
            ),
            "scans": ({"modality": "mri", "on": Day(70), "place": "Test General Hospital"},),
        },
    ),
)
NARANJO = Story(
    Person(
        "Naranjo", date(1970, 1, 23), "female", "555 0147", "BlueCross BlueShield of Tennessee", LAKE, language="es"
    ),
    "candidate: the plan refused, for care that it did not find in the papers; read in Spanish",
    (
        *signed(ago(18, "10:30"), ago(16, "19:00"), "Test Patient Naranjo"),
        Claimed(ago(10, "15:00"), "rowan"),
        *charted(
            10,
            15,
            "rowan",
            {
                "exam": EXAMINED,
                "diagnosis": radicular("disc_herniation", "S1"),
                "medicines": NOTHING_SUSPECTED,
                "plan": lumbar_plan("right"),
            },
        ),
        read_as(10, "15:20", "rowan", "disc_herniation", "L5-S1", "right"),
        ChartClosed(ago(10, "15:30"), "rowan"),
        Decided(
            ago(10, "15:40"),
            "rowan",
            "candidate",
            (
                "He revisado todo lo que nos contó y sus documentos. Una inyección cerca del nervio en su columna es "
                "una opción razonable para su dolor.",
                "Le pedimos permiso a su seguro. Por favor, no deje de tomar ninguna medicina antes de hablar con "
                "nosotros.",
                "Si algo cambia, díganoslo en su página o llame al 555 0100.",
            ),
        ),
        PayerAnswered(
            ago(2, "11:15"),
            "hazel",
            "refused",
            reference="TEST-PA-3307",
            clauses=("conservative-care",),
            reason="Four weeks of conservative treatment are not documented.",
        ),
    ),
    Answers(
        {
            "areas": ("low_back", "right_buttock", "right_calf"),
            "region": "lumbar",
            "side": "right",
            "travels": ("buttock", "calf"),
            "numb_where": "Atrás de la pierna derecha",
            "onset": Day(95),
            "nrs_now": "6",
            "nrs_average": "6",
            "nrs_worst": "8",
            "kept_from": "No puedo estar de pie en la cocina del restaurante.",
            **dict.fromkeys(("do_sleep", "do_sit", "do_stand", "do_walk", "do_house"), "hard"),
            "do_dress": "easy",
            "hope": "Trabajar un turno completo.",
        },
        {
            "therapies": (
                {
                    "kind": "physical_therapy",
                    "outcome": "not_enough_help",
                    "from": Day(80),
                    "to": Day(40),
                    "prescribed": "prescribed",
                    "sessions": "10",
                    "active_exercise": "yes",
                },
            ),
            "scans": ({"modality": "mri", "on": Day(60), "place": "Centro de imagen de prueba"},),
        },
    ),
)
CANDIDATES = (POPLAR, ZELKOVA, NARANJO)
