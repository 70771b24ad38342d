"""Browser windows on the site that write down what no page may do: ask strangers, or complain to the console."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response, Route

SIZES = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
LOCALES = {"en": "en-US", "es": "es-US"}
OURS = ("data:", "blob:", "about:")
JUDGE = Path(__file__).with_name("judging.js").read_text()
# The browser's own words for an answer such as 404 or 422, which a journey may be about.
ANSWERED = "Failed to load resource"


@dataclass
class Windows:
    """Opens windows; `strangers` and `complaints` must be empty in the end."""

    site: str
    new_context: Callable[..., BrowserContext]
    judged: set[str]  # text in its colours that axe was asked about: the same on every site of these tests
    silent: dict[Page, str] = field(default_factory=dict)
    mirrors: dict[str, Page] = field(default_factory=dict)
    sites: set[str] = field(default_factory=set)
    strangers: set[str] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)

    def __call__(
        self, size: str = "desktop", *, scripts: bool = True, language: str = "en", at: str = "", **more: object
    ) -> Page:
        """A window: size "desktop" or "phone", with scripts or none, in "en" or "es", on the server `at`."""
        address = at or self.site
        self.sites.add(address)
        page = self._plain(size, java_script_enabled=scripts, locale=LOCALES[language], base_url=address, **more)
        page.on("request", self._asked)
        page.on("response", self._answered)
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        if not scripts:
            self.silent[page] = size
        return page

    def _plain(self, size: str, **more: object) -> Page:
        context = self.new_context(
            viewport=SIZES[size], has_touch=size == "phone", timezone_id="America/New_York", **more
        )
        context.set_default_timeout(10_000)
        context.add_init_script(AXE_SCRIPT)  # known to the browser from its first page on, which keeps it compiled
        context.add_init_script(JUDGE)
        return context.new_page()

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((*self.sites, *OURS)):
            self.strangers.add(request.url)

    def _answered(self, response: Response) -> None:
        """A picture, style or script that is not there."""
        if response.status >= 400 and response.request.resource_type in {"image", "stylesheet", "script", "font"}:
            self.complaints.append(f"{response.status} {response.url}")

    def _said(self, message: ConsoleMessage) -> None:
        """Errors on the console, which is also where the content security policy complains."""
        if message.type == "error" and not message.text.startswith(ANSWERED):
            self.complaints.append(f"{message.location.get('url')}: {message.text}")

    def with_scripts(self, page: Page) -> Page:
        """The page itself or, where it has no scripts, its present words in a window in which tools can work."""
        if page not in self.silent:
            return page
        size = self.silent[page]
        if size not in self.mirrors:
            self.mirrors[size] = self._plain(size)
        return _mirrored(page, self.mirrors[size])


def _mirrored(page: Page, mirror: Page) -> Page:
    shown = page.content().replace("<noscript>", "<div>").replace("</noscript>", "</div>")

    def answer(route: Route) -> None:
        if route.request.is_navigation_request():
            route.fulfill(body=shown, content_type="text/html; charset=utf-8")
        elif route.request.resource_type == "script":
            route.abort()
        else:
            route.fallback()

    mirror.unroute_all()
    mirror.route("**/*", answer)
    mirror.goto(page.url)
    return mirror


def judge(windows: Windows, page: Page, *, links: bool = True) -> None:
    """Assert that what a page shows has no accessibility violation and needs no scrolling sideways."""
    window = windows.with_scripts(page)
    found = window.evaluate("([known, links]) => judge(known, links)", ["\n".join(windows.judged), links])
    assert not found["violations"], "\n".join([page.url, *found["violations"]])
    windows.judged.update(found["judged"])
    wide = window.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide} pixels too wide"
