"""Answers pages of the questionnaire without drawing them: each form is fetched and sent as a browser would.

For journeys that are about something else; the pages themselves are walked and looked at in test_the_line and
test_en_espanol.
"""

from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urlencode

from playwright.sync_api import Page

from .answers import Answers, Given
from .patient import place_at

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Sheet(HTMLParser):
    """What a page of the questionnaire would send as it stands, and where its links lead: to a new entry, and on."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self.adds = self.goes_on = ""
        self._inside = False
        self._writing = self._choosing = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = "sheet-form" in about.get("class", "")
        elif tag == "a" and "/new/" in about.get("href", ""):
            self.adds = about["href"]
        elif tag == "a" and "button--main" in about.get("class", ""):
            self.goes_on = about["href"]
        elif self._inside and tag == "option" and "selected" in about:
            self.fields[self._choosing] = [about["value"]]
        elif self._inside and "name" in about:
            self._field(tag, about)

    def _field(self, tag: str, about: dict[str, str]) -> None:
        said = self.fields.setdefault(about["name"], [])
        if tag == "select":
            self._choosing = about["name"]
        elif tag == "textarea":
            self._writing = about["name"]
        elif tag == "input" and (about.get("type") not in ("radio", "checkbox") or "checked" in about):
            said.append(about.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self._writing:
            self.fields[self._writing] = [data.removeprefix("\n")]

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._writing = ""
        elif tag == "form":
            self._inside = False


def answer_unseen(page: Page, answers: Answers, until: str = "") -> None:
    """As `answer` does it, from the page that a window shows; the window then shows where that led."""
    rows: dict[str, Iterator[Given]] = {name: iter(said) for name, said in answers.items() if isinstance(said, list)}
    left = {name: len(said) for name, said in answers.items() if isinstance(said, list)}
    address = page.url
    while (here := place_at(address)) and here.name != until:
        sheet = Sheet(page.context.request.get(address).text())
        if here.name in rows and not here.is_row:
            address = page.context.request.get(sheet.adds if left[here.name] else sheet.goes_on).url
            left[here.name] -= 1
        else:
            given = next(rows[here.name]) if here.is_row else answers[here.name]
            address = _sent(page, address, sheet, given)
    page.goto(address)


def _sent(page: Page, address: str, sheet: Sheet, given: Given) -> str:
    """Send a page, and say where that leads."""
    unknown = given.keys() - sheet.fields.keys()
    assert not unknown, f"{address} does not ask {unknown}"
    said = {name: [words] if isinstance(words, str) else list(words) for name, words in given.items()}
    answered = page.context.request.post(address, data=urlencode(sheet.fields | said, doseq=True), headers=FORM)
    assert answered.url != address, f"{address} does not go on with {given}"
    return answered.url
