"""What axe has passed once is not asked again; what differs from it is."""

import pytest
from playwright.sync_api import Page

from .windows import Windows

PAGE = """<!doctype html><html lang="en"><title>A page</title><style>{style}</style>
<main><h1>A page</h1><p class="quiet">Some words.</p><p class="outer"><span class="inner">Other words.</span></p></main>
"""


@pytest.fixture
def show(open_window: Windows, axe):
    page = open_window()

    def shown(style: str) -> Page:
        page.set_content(PAGE.format(style=style))
        axe(page)
        return page

    shown("body { background: #fff; color: #111 } .quiet { color: #555 }")
    return shown


def test_a_page_that_was_passed_is_passed_again(show, judged: set[str]) -> None:
    before = set(judged)
    show("body { background: #fff; color: #111 } .quiet { color: #555 }")
    assert judged == before


@pytest.mark.parametrize(
    "style",
    [
        ".quiet { color: #bbb }",
        "body { background: #888 } .quiet { color: #555 }",
        ".outer { background: #333 } .inner { color: #555 }",
        ".inner { color: #555; opacity: 0.4 }",
        ".outer { opacity: 0.4 }",
    ],
)
def test_text_in_other_colours_is_judged(show, style: str) -> None:
    with pytest.raises(AssertionError, match="color-contrast"):
        show(f"body {{ background: #fff; color: #111 }} {style}")


def test_text_that_comes_out_of_the_dark_is_judged(show) -> None:
    hidden = "body { background: #fff; color: #111 } .inner { color: #bbb; %s }"
    show(hidden % "visibility: hidden")
    show(hidden % "position: absolute; left: -999px")
    with pytest.raises(AssertionError, match="color-contrast"):
        show(hidden % "position: absolute; left: 99px")
    with pytest.raises(AssertionError, match="color-contrast"):
        show(hidden % "")


def test_every_other_rule_is_asked_every_time(show, axe) -> None:
    page = show("body { background: #fff; color: #111 }")
    page.locator("h1").evaluate("heading => heading.replaceWith(document.createElement('img'))")
    with pytest.raises(AssertionError, match="image-alt"):
        axe(page)
