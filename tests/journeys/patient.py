"""What a patient does: ask for a code, answer page after page, sign."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from playwright.sync_api import Locator, Page

from .answers import Answers, Given
from .conftest import See

MAIN = ".form-end .button--main"
PAGE = re.compile(r"/intake/(?P<case>[\w-]+)/(?P<section>[a-z]+)/(?P<slug>[a-z-]+)/(?P<row>[0-9a-f-]{36}/)?$")


@dataclass(frozen=True)
class Place:
    """The page of the questionnaire that a window shows."""

    case: str
    section: str
    slug: str
    is_row: bool

    @property
    def name(self) -> str:
        return f"{self.section}/{self.slug}"


def place(page: Page) -> Place | None:
    """Where in the questionnaire a window is; None elsewhere."""
    return place_at(page.url)


def place_at(address: str) -> Place | None:
    found = PAGE.search(address.split("?")[0])
    return Place(found["case"], found["section"], found["slug"], bool(found["row"])) if found else None


def press(page: Page, button: Locator | None = None) -> None:
    """Press a button or link to another page (the form's main button unless said), and wait for that page."""
    with page.expect_navigation():
        (button or page.locator(MAIN)).first.click()


def newest_mail(page: Page, to: str) -> str:
    """The words of the newest mail to an address, from the demo's page of outgoing mail."""
    mailbox = page.context.new_page()
    mailbox.goto("/outbox/")
    words = mailbox.locator("article", has_text=f"To {to}").first.inner_text()
    mailbox.close()
    return words


def sign_in_by_code(page: Page, email: str) -> None:
    """Ask for a code, read it in the mail, and type it."""
    page.locator('[name="email"]').fill(email)
    press(page)
    code = re.search(r"\b\d{6}\b", newest_mail(page, email))
    assert code, "no code in the mail"
    page.locator('[name="code"]').fill(code.group())
    press(page)


def sign_in_as(page: Page, name: str) -> None:
    """Sign somebody of the demo in anew: this window's sign-in is nobody else's, and may be ended."""
    page.goto("/sign-in/")
    press(page, page.get_by_role("button", name=name, exact=True))


def case_of(page: Page) -> str:
    """The reference of the first case of the patient who is signed in."""
    page.goto("/")
    page.locator('main a[href*="/cases/"]').first.click()
    found = re.search(r"/cases/(\w+)/", page.url)
    assert found
    return found.group(1)


def open_hope(page: Page) -> None:
    """Open the page about hopes of a patient who has begun and not signed."""
    page.goto(f"/intake/{case_of(page)}/hopes/hope/")


def begin(page: Page, email: str, see: See, story: str, near: str = "Main Street") -> str:
    """From the first page, by an emailed code, to the first question; returns the case's reference."""
    page.goto("/")
    see(page, f"{story}-welcome")
    press(page, page.locator("main a.button--main"))
    see(page, f"{story}-sign-in")
    sign_in_by_code(page, email)
    see(page, f"{story}-home")
    page.get_by_label(near).check()
    press(page, page.locator('form[action="/begin"] button'))
    see(page, f"{story}-overview")
    press(page)
    here = place(page)
    assert here, page.url
    return here.case


def give(page: Page, given: Given) -> None:
    """Answer questions of a page by their names: choose, tick or write."""
    for name, said in given.items():
        for each in [said] if isinstance(said, str) else said:
            _give(page, name, each)


def _give(page: Page, name: str, said: str) -> None:
    choice = page.locator(f'[name="{name}"][value="{said}"]:is([type=radio], [type=checkbox])')
    control = choice if choice.count() else page.locator(f'[name="{name}"]:not([type=hidden])')
    folded = page.locator("details:not([open])", has=control)
    if folded.count():
        folded.locator("summary").first.click()
    if choice.count():
        choice.check()
    elif control.evaluate("control => control.tagName") == "SELECT":
        control.select_option(said)
    else:
        control.fill(said)


def answer(page: Page, answers: Answers, see: See, story: str, until: str = "") -> None:
    """Answer page after page, as they come, until the page named `until` or one outside the questionnaire."""
    rows = {name: iter(given) for name, given in answers.items() if isinstance(given, list)}
    seen = ""
    while (here := place(page)) and here.name != until:
        assert page.url != seen, f"{page.url} does not go on: {page.locator('.summary').all_inner_texts()}"
        seen = page.url if here.name not in rows else ""
        _answer_one(page, here, answers, rows)
        see(page, f"{story}-{here.section}-{here.slug}{'-row' if here.is_row else ''}")
        _go_on(page, here, rows)


def _answer_one(page: Page, here: Place, answers: Answers, rows: dict[str, Iterator[Given]]) -> None:
    if here.name not in rows:
        give(page, answers[here.name])
    elif here.is_row:
        give(page, next(rows[here.name]))


def _go_on(page: Page, here: Place, rows: dict[str, Iterator[Given]]) -> None:
    """Continue; from a list with something left to tell, to the page of a new entry."""
    left = here.name in rows and not here.is_row and _is_left(rows, here.name)
    press(page, page.locator('a.button[href*="/new/"]') if left else None)


def _is_left(rows: dict[str, Iterator[Given]], name: str) -> bool:
    for first in rows[name]:
        rows[name] = iter([first, *rows[name]])
        return True
    return False


def sign(page: Page, name: str) -> None:
    page.locator('[name="signature"]').fill(name)
    press(page, page.locator("form[action$='/sign'] button"))


def says(page: Page, *words: str) -> None:
    """The page says this, somewhere in its main part."""
    shown = page.locator("main").inner_text()
    missing = [each for each in words if each not in shown]
    assert not missing, f"{page.url} does not say {missing}:\n{shown[:2000]}"
