"""What a doctor does: take a case from the list, complete the chart, decide and sign."""

from playwright.sync_api import Page

from .answers import CHART, STUDY_AS_READ, Given
from .conftest import See
from .patient import give, press, says

PASSWORD = "demo"


def claim(page: Page, case: str) -> None:
    """Find the case in the list of those to review, open it, and claim it."""
    page.goto("/queue/?tab=review")
    press(page, page.locator(f'[data-row-link][href="/case/{case}/"]'))
    press(page, page.get_by_role("button", name="Claim this case"))


def chart(page: Page, case: str, group: str, given: Given) -> None:
    """Enter what only a doctor knows into one group of the chart."""
    page.goto(f"/case/{case}/chart/{group}/")
    give(page, given)
    press(page)
    says(page, "Saved.")


def read_study(page: Page, case: str) -> None:
    """Say what the first study on record shows."""
    page.goto(f"/case/{case}/chart/imaging/")
    row = page.locator('[name^="imaging-"][name$="-finding"]:not([name^="imaging-new"])').first
    prefix = str(row.get_attribute("name")).removesuffix("finding")
    give(page, {prefix + name: said for name, said in STUDY_AS_READ.items()})
    press(page)
    says(page, "Saved.")


def complete_the_chart(page: Page, case: str, see: See, story: str) -> None:
    for group, given in CHART.items():
        chart(page, case, group, given)
        see(page, f"{story}-chart-{group}")
    read_study(page, case)
    see(page, f"{story}-chart-imaging")


def decide(page: Page, case: str, outcome: str, see: See, story: str, **more: str) -> None:
    """Close the chart, choose an outcome, and sign it with the password."""
    page.goto(f"/case/{case}/")
    press(page, page.get_by_role("button", name="Close the chart and decide"))
    see(page, f"{story}-decide")
    press(page, page.locator(f'a.outcome[href*="outcome={outcome}"]'))
    give(page, {**more, "secret": PASSWORD})
    see(page, f"{story}-decide-{outcome}")
    press(page)
