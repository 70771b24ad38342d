"""What is typed is saved as one types: over a reload, a lost connection, a second device and an ended session.

All of them type into one box of one patient of the demo, in any order: each its own words.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from .patient import open_hope, press, sign_in_as

WHO = "Test Patient Cedar"


@pytest.fixture
def hope(become):
    """Opens the page about hopes of somebody who has begun, in windows of different devices."""

    def opened(size: str = "desktop", **more: object) -> Page:
        page = become(WHO, size, **more)
        open_hope(page)
        return page

    return opened


def write(page: Page, words: str) -> None:
    page.locator('[name="hope"]').fill(words)


def test_what_is_typed_is_saved_and_comes_back(hope, see):
    page = hope()
    # The page may say already that something was saved: what is awaited is this save.
    with page.expect_response("**/draft"):
        write(page, "Walk to the store.")
    expect(page.locator("[data-saved-words]")).to_have_text(re.compile(r"Saved at \d\d:\d\d"))
    see(page, "intake-saved")
    page.reload()
    expect(page.locator('[name="hope"]')).to_have_value("Walk to the store.")
    phone = hope("phone")
    expect(phone.locator('[name="hope"]')).to_have_value("Walk to the store.")


def test_without_a_connection_it_waits_on_this_device(hope, see):
    page = hope()
    page.context.set_offline(True)
    write(page, "Dance at a wedding.")
    expect(page.locator("[data-saved]")).to_contain_text("Not saved, no connection")
    page.context.set_offline(False)
    expect(page.locator("[data-saved-words]")).to_have_text(re.compile("Saved at"), timeout=15_000)
    assert page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('intake/')).length") == 0
    see(page, "intake-saved-late")


@pytest.mark.parametrize("scripts", [True, False])
def test_two_devices_are_asked_which_answers_are_right(hope, see, scripts):
    first, second = hope(scripts=scripts), hope("phone", scripts=scripts)
    write(first, f"Cook for everybody, {scripts}.")
    press(first)
    write(second, f"Read in the garden, {scripts}.")
    if scripts:
        expect(second.locator("[data-both]")).to_contain_text("Cook for everybody")
        see(second, "intake-both-as-one-types")
    press(second)
    expect(second.get_by_role("heading", level=1)).to_have_text("Which answers are right?")
    see(second, f"intake-both-{'with' if scripts else 'without'}-scripts")
    press(second)
    first.goto(second.url.replace("worry", "hope"))
    expect(first.locator('[name="hope"]')).to_have_value(f"Read in the garden, {scripts}.")


def test_signing_out_takes_the_copy_off_the_device(open_window):
    page = open_window()
    sign_in_as(page, WHO)
    open_hope(page)
    page.route("**/draft", lambda route: route.abort())
    write(page, "Nobody else should read this.")
    expect(page.locator("[data-saved]")).to_contain_text("Not saved, no connection")
    press(page, page.locator("[data-signs-out] button"))
    assert page.evaluate("Object.keys(localStorage).length") == 0
