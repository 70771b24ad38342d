"""What a referring practice does in the browser, by the words that it reads on the page."""

import re
from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from referrals.incoming.said import SIGN_FIELDS, label_of

WHO = {
    "Practice": "Test Practice Clover",
    "Referring clinician": "Dr. Test Clover",
    "Phone for questions": "555 0142",
    "Fax for our answer": "555 0143",
    "First name": "Test Patient",
    "Last name": "Aspen",
    "Date of birth": "3/14/1970",
    "Patient's phone": "555 0144",
    "Patient's e-mail address": "aspen@example.org",
    "Your clinical question": "Leg pain for four months despite therapy. Is she a candidate for an injection?",
    "Why so soon, or why it can wait": "Stable, no weakness",
}
ANSWERS = {
    "How soon?": "Routine: everything else (within six weeks)",
    "Region of the spine": "Low back",
    "Side": "Left",
    "Has anything been tried for this pain?": "Yes, it is listed below",
    "Does the patient take a blood thinner?": "No",
}


def refer(page: Page, signs: Mapping[str, str] | None = None, files: Path | None = None, **words: str) -> None:
    """Fill in the whole public form and send it; `words` by label take the place of those in WHO.

    `signs` holds, by the key of a sign, another answer than "No".
    """
    page.goto("/refer/")
    fill_in(page, WHO | words)
    for question, answer in ANSWERS.items():
        choose(page, question, answer)
    for field in SIGN_FIELDS:
        choose(page, label_of(field, "en"), (signs or {}).get(field.key.removeprefix("sign_"), "No"))
    add_therapy(page, 1, "Physical therapy", "May 2026", "July 2026", "It did not help")
    if files:
        page.get_by_label(re.compile(r"^\s*Reports, notes")).set_input_files(files)
    page.get_by_role("button", name="Send the referral").click()


def fill_in(page: Page, words: Mapping[str, str]) -> None:
    """Write into the fields of the form by their labels."""
    for label, typed in words.items():
        page.get_by_label(re.compile(rf"^\s*{re.escape(label)}")).first.fill(typed)


def choose(page: Page, question: str, answer: str) -> None:
    """Answer one question by the words of its choice."""
    group(page, question).get_by_label(answer, exact=True).check()


def group(page: Page, question: str) -> Locator:
    return page.get_by_role("group", name=re.compile(rf"^\s*{re.escape(question)}"))


def add_therapy(page: Page, number: int, what: str, began: str, ended: str, effect: str) -> None:
    """Fill in one line of what was tried."""
    row = page.get_by_role("group", name=f"Treatment {number}", exact=True)
    row.get_by_label("What", exact=True).select_option(what)
    row.get_by_label("Began").fill(began)
    row.get_by_label("Ended").fill(ended)
    row.get_by_label("What it did").select_option(effect)


def receipt(page: Page) -> tuple[str, str]:
    """The code and the private link, from the receipt that stands on the page."""
    expect(page.get_by_role("heading", level=1, name="We have your referral. Thank you.")).to_be_visible()
    code = page.locator("main .lead .num").inner_text()
    return code, page.get_by_label("The link").input_value()


def answer_what_is_missing(page: Page, link: str, words: str) -> None:
    """Open the private link and send what the clinic asked for."""
    page.goto(link)
    page.get_by_label("Your answer").fill(words)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("We have it. Thank you.")).to_be_visible()
