"""What may happen while somebody types: the session ends, the database goes away, a finger is too quick."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Request, expect

from tests import databases
from tests.proxy import Proxy

from .conftest import Become, See
from .patient import case_of, open_hope, press, says, sign_in_as, sign_in_by_code
from .serving import serving
from .windows import Windows

BEGUN, SIGNED = "Test Patient Dogwood", "Test Patient Fir"
HOPE = "Drive for an hour, <b>ñ</b> 🦴"


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_what_was_typed_survives_the_end_of_the_session(become: Become, see: See, scripts: bool) -> None:
    # Other words in each run: what is typed again as it was saved has nothing to save.
    typed = f"{HOPE} scripts {scripts}"
    page = become(BEGUN, "phone", scripts=scripts)
    open_hope(page)
    page.context.clear_cookies(name="sessionid")
    page.locator('[name="hope"]').fill(typed)
    if scripts:
        expect(page.locator("[data-saved]")).to_contain_text("Not saved: you are signed out.")
    press(page)
    says(page, "What you typed is kept.")
    see(page, "session-ended")
    sign_in_by_code(page, "dogwood@example.org")
    expect(page.locator('[name="hope"]')).to_have_value(typed)
    see(page, "session-typed-again")
    press(page)
    says(page, "What worries you?")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_double_click_sends_once(become: Become, scripts: bool) -> None:
    page = become(SIGNED, scripts=scripts)
    case = case_of(page)
    words = f"Does the needle stay in, scripts {scripts}?"
    posts: list[Request] = []
    page.on("request", lambda request: posts.append(request) if request.method == "POST" else None)
    page.locator('[name="words"]').fill(words)
    page.locator('form[action="/worried/"] button').dblclick()
    # Without scripts the second click's navigation takes the place of the first one's.
    expect(page.get_by_text("Your doctor will read it.").first).to_be_visible()
    assert len(posts) == 1 or not scripts
    page.goto(f"/cases/{case}/")
    expect(page.get_by_text(words)).to_have_count(1)


@pytest.fixture
def fragile(tmp_path) -> Iterator[tuple[str, Proxy]]:
    """A demo server whose database can go away."""
    with databases.clone(databases.demonstrated()) as name:
        proxy = Proxy(name)
        with serving(proxy.url, tmp_path, CLINIC_DEMO="1") as address:
            yield address, proxy
        proxy.listener.close()
        proxy.turn("refuse")


def test_what_was_typed_survives_the_database_going_away(
    open_window: Windows, fragile: tuple[str, Proxy], see: See
) -> None:
    address, proxy = fragile
    page = open_window(at=address)
    sign_in_as(page, BEGUN)
    open_hope(page)

    proxy.turn("refuse")
    page.locator('[name="hope"]').fill(HOPE)
    expect(page.locator("[data-saved]")).to_contain_text("Not saved", timeout=20_000)
    press(page)
    says(page, HOPE)
    see(page, "database-away")

    proxy.turn("forward")
    press(page, page.get_by_role("button", name="Try again"))
    says(page, "What worries you?")
    open_hope(page)
    expect(page.locator('[name="hope"]')).to_have_value(HOPE)
