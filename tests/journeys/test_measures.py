"""The numbers of the referrals are read, taken along as a table, and the targets that they are held to are set."""

import csv
from pathlib import Path

import pytest

from .conftest import Become, See
from .patient import press, says


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_measures_are_read_and_taken_along(become: Become, see: See, size: str) -> None:
    page = become("Dr. Test Larch", size)
    page.goto("/referrals/measures/")
    says(page, "Referral measures", "Outgoing, opened")
    see(page, f"measures-{size}")
    page.get_by_label("Period").select_option("The last 365 days")
    press(page, page.get_by_role("button", name="Show", exact=True))
    page.get_by_role("region", name="Time in each step").get_by_text("Show as a table").click()
    says(page, "Still in it")
    see(page, f"measures-table-{size}")
    with page.expect_download() as taken:
        page.get_by_role("link", name="As a table (CSV)").click()
    rows = list(csv.DictReader(Path(taken.value.path()).read_text().splitlines()))
    assert {"how they ended", "total time"} <= {row["table"] for row in rows}
    assert not any(row["value"].isdigit() and 0 < int(row["value"]) < 11 for row in rows if _counts(row["measure"]))
    press(page, page.get_by_role("link", name="Incoming"))
    says(page, "Incoming, opened")
    see(page, f"measures-incoming-{size}")
    press(page, page.get_by_role("link", name="Morning board"))
    says(page, "due today or overdue")
    see(page, f"board-{size}")


def _counts(measure: str) -> bool:
    return "days" not in measure.split(", ")[-1]


@pytest.mark.parametrize(("size", "days"), [("desktop", 8), ("phone", 9)])
def test_targets_are_set_and_taken_back(become: Become, see: See, size: str, days: int) -> None:
    page = become("Test Coordinator Hazel", size)
    page.goto("/referrals/targets/")
    see(page, f"targets-{size}")
    accepted = page.get_by_label("Accepted, soon: days", exact=True)
    accepted.fill("")
    press(page, page.get_by_role("button", name="Save the targets"))
    says(page, "Write a number from 0 to 365.")
    see(page, f"targets-wrong-{size}")
    page.get_by_label("Accepted, soon: days", exact=True).fill(str(days))
    press(page, page.get_by_role("button", name="Save the targets"))
    says(page, "1 target is set", "Set by Test Coordinator Hazel")
    see(page, f"targets-set-{size}")
    page.get_by_label("Back to the default: Accepted, soon").check()
    press(page, page.get_by_role("button", name="Save the targets"))
    says(page, "1 target is set")
