"""How the made-up clinic keeps the payers' rules: what is signed off, what waits, what comes next."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from clinic.audit.actor import SYSTEM
from clinic.criteria import sets
from clinic.people.lists import clinic_day
from clinic.people.models import User
from clinic.policies.actions import previewing, versions
from clinic.policies.models import Version
from clinic.policies.preview import likely_day

from .shape import When, ago, minutes_ago
from .stage import acting

AHEAD = timedelta(days=60)  # later than any planned day of the stories, which are weighed by what counts on it
DRAFT = {  # a new edition that no publisher wrote
    'version = "2024-11"': 'version = "made-up-for-the-demo"',
    "The review of November 2024 was read": "Made up for the demo, no publisher wrote this",
    "weeks = 2": "weeks = 4",
    "At least 2 weeks": "At least 4 weeks",
    "at least 2 weeks": "at least 4 weeks",
    "al menos 2 semanas": "al menos 4 semanas",
}
Staff = Mapping[str, User]


def _sign_off(key: str, version: str, checked_against: str) -> Callable[[Staff], None]:
    def by_the_doctor(staff: Staff) -> None:
        doctor = staff["larch"]
        signed = {"name": doctor.name, "checked_against": f"{checked_against} (for the demo: nothing was compared)"}
        versions.sign_off(version=Version.objects.get(key=key, version=version), by=acting(doctor), **signed)

    return by_the_doctor


def _plan_the_newer_one(staff: Staff) -> None:
    newer = Version.objects.get(key="evicore-cmm-200", version="EV-B")
    versions.take_effect(version=newer, from_day=clinic_day() + AHEAD, by=acting(staff["larch"]))


def _upload_a_draft(staff: Staff) -> None:
    text = (sets.FOLDER / "credence-mp-303@2024-11.toml").read_text(encoding="utf-8")
    for shipped, made_up in DRAFT.items():
        text = text.replace(shipped, made_up)
    versions.upload(text=text, by=acting(staff["yew"]))


def _preview_the_newer_one(staff: Staff) -> None:
    newer = Version.objects.get(key="evicore-cmm-200", version="EV-B")
    day = likely_day(newer, clinic_day())
    preview = previewing.start(version=newer, from_day=day, by=acting(staff["larch"]))
    for batch in preview.batches.all():  # as the worker would
        previewing.weigh_batch(batch_id=batch.pk, by=SYSTEM)


# Decisions of earlier days stay as they were signed: under rules that nobody here had signed off yet.
HAPPENINGS: tuple[tuple[When, Callable[[Staff], None]], ...] = (
    (ago(12, "08:10"), _sign_off("medicare-lcd", "2026-06-05", "LCD L39240 with article A58993")),
    (ago(12, "08:40"), _sign_off("evicore-cmm-200", "EV-A", "CMM-200, the edition in force")),
    (ago(2, "08:10"), _sign_off("evicore-cmm-200", "EV-B", "CMM-200, the edition that comes next")),
    (ago(2, "08:15"), _plan_the_newer_one),
    (ago(1, "08:05"), _upload_a_draft),
    (minutes_ago(5), _preview_the_newer_one),
)
