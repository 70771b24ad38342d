"""A coordinator's morning: what is due, a call written down in its row, putting off, handing over, a list kept."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from clinic.audit.clock import today

from .conftest import Become, See
from .patient import press, says

LATER = (today("America/New_York") + timedelta(days=10)).isoformat()
HAZEL = "Test Coordinator Hazel"


def row_of(page: Page, name: str):
    return page.locator(".work-list tbody", has_text=name).first


def calls_in_the_row(page: Page, name: str) -> None:
    row = row_of(page, name)
    row.get_by_role("link", name="Log a call").click()
    row.get_by_role("radio", name="Left a message").check()
    row.get_by_role("textbox", name="Note").fill("Asked for the front desk")
    row.get_by_role("button", name="Save the call").click()
    expect(row.get_by_role("status")).to_contain_text("follow up on")


@pytest.mark.parametrize(("size", "name"), [("desktop", "Test Patient Tamarack"), ("phone", "Test Patient Willow")])
def test_work_list_in_a_morning(become: Become, see: See, size: str, name: str) -> None:
    page = become(HAZEL, size)
    page.goto("/referrals/")
    says(page, "due by today", "with a later day", "left out")
    see(page, f"work-due-{size}")
    page.get_by_role("link", name="show any day").click()
    calls_in_the_row(page, name)
    see(page, f"work-called-{size}")
    page.get_by_role("link", name=name).first.click()
    says(page, "History", "left a message", "Asked for the front desk")
    page.get_by_text("Snooze", exact=True).first.click()
    page.get_by_label("Until").fill(LATER)
    page.get_by_label("Why it can wait").fill("They are closed until then")
    press(page, page.get_by_role("button", name="Snooze"))
    says(page, "Snoozed until", "They are closed until then")
    see(page, f"work-one-{size}")


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_work_list_is_found_kept_and_handed_over(become: Become, see: See, size: str) -> None:
    page = become(HAZEL, size)
    page.goto("/referrals/?when=all")
    page.get_by_role("searchbox", name=re.compile("Name, birth date")).fill("Zelkova")
    press(page, page.get_by_role("button", name="Filter"))
    says(page, "found for “Zelkova”", "Test Patient Zelkova", "the filters leave out")
    see(page, f"work-found-{size}")
    page.get_by_role("checkbox", name=re.compile("Test Patient Zelkova")).check()
    page.get_by_label("assign to").select_option(label="Dr. Test Larch")
    press(page, page.get_by_role("button", name="Assign", exact=True))
    says(page, "reassigned to Dr. Test Larch" if size == "desktop" else "Dr. Test Larch")
    page.goto("/referrals/?list=to_read&when=all")
    press(page, page.get_by_role("link", name="Save this list"))
    see(page, f"work-keep-{size}")
    page.get_by_label("Name").fill(f"Reports, {size}")
    press(page, page.get_by_role("button", name="Save"))
    says(page, f"Kept as “Reports, {size}”")
    press(page, page.get_by_role("link", name=f"change “Reports, {size}”"))
    see(page, f"work-kept-{size}")
    press(page, page.get_by_role("button", name="Delete"))
    says(page, "is deleted")


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_work_list_without_scripts(become: Become, see: See, size: str) -> None:
    page = become(HAZEL, size, scripts=False)
    page.goto("/referrals/?list=report_awaited&when=all")
    see(page, f"work-plain-{size}")
    page.get_by_role("link", name="Log a call").first.click()
    page.get_by_role("radio", name="No answer").check()
    press(page, page.get_by_role("button", name="Save the call"))
    says(page, "follow up on")


def test_work_list_refuses_a_call_without_its_day_and_keeps_the_note(become: Become, see: See) -> None:
    page = become(HAZEL)
    page.goto("/referrals/?list=booked&when=all")
    row = page.locator(".work-list tbody").first
    row.get_by_role("link", name="Log a call").click()
    row.get_by_role("radio", name="Asks to be called on").check()
    row.get_by_role("textbox", name="Note").fill("They called back")
    row.get_by_role("button", name="Save the call").click()
    expect(row).to_contain_text("Say on which day they asked to be called.")
    expect(row.get_by_role("textbox", name="Note")).to_have_value("They called back")
    see(page, "work-call-wrong")
