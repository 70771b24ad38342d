"""The library, from both sides: a patient finds, reads, worries and is answered; an editor writes and is approved."""

import re

from playwright.sync_api import Page, expect

from .conftest import Become, See
from .patient import press, says, sign_in_by_code
from .windows import Windows

WORRY = "I am afraid of the needle, because of my test neighbour."
ANSWER = "We numb the skin first, and we stop when you say stop."


def test_a_worry_goes_from_a_page_to_the_doctor_and_back(open_window: Windows, become: Become, see: See) -> None:
    phone = open_window("phone")
    a_stranger_finds_the_page(phone, see)
    they_read_it_in_spanish_and_back(phone)
    press(phone, phone.get_by_role("link", name="I am worried about this"))
    sign_in_by_code(phone, "oak@example.org")
    the_worry_is_sent(phone, see)
    they_answer_the_questions(phone, see)

    doctor = become("Dr. Test Larch", "desktop")
    doctor.goto("/worries/")
    says(doctor, WORRY, "Does an epidural steroid injection hurt?")
    press(doctor, doctor.get_by_role("row", name=re.compile(WORRY)).last.get_by_role("link", name="Read"))
    worry = doctor.get_by_role("figure").filter(has_text=WORRY).first
    worry.get_by_text("Answer", exact=True).click()
    worry.get_by_label("Your answer, as the patient will read it").fill(ANSWER)
    see(doctor, "library-worry-on-the-case")
    press(doctor, worry.get_by_role("button", name="Send the answer"))
    says(doctor, ANSWER)

    phone.goto("/")
    press(phone, phone.locator('main a[href^="/cases/"]'))
    says(phone, ANSWER)
    see(phone, "library-worry-answered")


def a_stranger_finds_the_page(page: Page, see: See) -> None:
    page.goto("/en/learn/")
    page.get_by_label("What would you like to know?").fill("dose it hrut")
    press(page, page.get_by_role("button", name="Search"))
    see(page, "library-search-misspelled")
    press(page, page.get_by_role("link", name="Does an epidural steroid injection hurt?"))
    says(page, "The short answer", "Reviewed by Dr. Test Larch")


def they_read_it_in_spanish_and_back(page: Page) -> None:
    """The switch stays on the page."""
    english = page.url
    press(page, page.get_by_role("link", name="Español"))
    expect(page.get_by_role("heading", level=1)).to_have_text("¿Duele la inyección epidural de esteroides?")
    press(page, page.get_by_role("link", name="English"))
    assert page.url == english


def the_worry_is_sent(page: Page, see: See) -> None:
    says(page, "What worries you?", "This is not for emergencies")
    see(page, "library-worry")
    page.get_by_role("textbox").fill(WORRY)
    press(page)
    says(page, "Your doctor will read it")


def they_answer_the_questions(page: Page, see: See) -> None:
    page.goto("/en/learn/the-injection/does-an-epidural-steroid-injection-hurt/")
    press(page, page.get_by_role("link", name=re.compile("Two questions")))
    for group in page.get_by_role("group").all():
        group.get_by_role("radio").first.check()
    see(page, "library-questions")
    press(page)
    see(page, "library-understood")
    page.goto("/read/")
    says(page, "Does an epidural steroid injection hurt?")
    see(page, "library-what-i-read")


TITLE, TITULO = "Where do I park for the injection?", "¿Dónde estaciono para la inyección?"
FIRST = "You can park behind the house."
THEN = "You can park behind the house for 2 hours."
SPANISH = {
    TITLE: TITULO,
    "where-do-i-park-for-the-injection": "donde-estaciono",
    FIRST: "Puede estacionar detrás de la casa.",
    "Behind the house": "Detrás de la casa",
    "Ask at the desk for a ticket.": "Pida un boleto en la recepción.",
}


def test_an_editor_writes_a_doctor_approves_and_the_spanish_follows(become: Become, see: See) -> None:
    editor = become("Test Editor Laurel", "desktop")
    page = they_write_a_page(editor)
    they_see_it_as_patients_will(editor)
    they_ask_for_approval(editor)
    a_doctor_approves(become("Dr. Test Larch", "desktop"), TITLE, see)
    editor.goto("/en/learn/the-day-and-after/where-do-i-park-for-the-injection/")
    says(editor, FIRST, "Reviewed by Dr. Test Larch")

    rowan = become("Dr. Test Rowan", "desktop")
    they_translate_it(editor, page, see)
    a_doctor_approves(rowan, TITULO, see)
    editor.goto("/es/learn/el-dia-y-despues/donde-estaciono/")
    says(editor, TITULO)
    press(editor, editor.get_by_role("link", name="English"))
    says(editor, FIRST)

    they_change_the_english(editor, page)
    a_doctor_approves(rowan, TITLE, see)
    editor.goto("/upkeep/")
    behind = editor.get_by_role("region", name="The Spanish is behind")
    expect(behind.get_by_role("link", name=TITULO)).to_be_visible()
    see(editor, "library-spanish-is-behind")


def they_write_a_page(page: Page) -> str:
    """From the list of what is to be done to a draft of one block; its number."""
    page.goto("/upkeep/")
    press(page, page.get_by_role("link", name="The day and after", exact=True))
    press(page, page.get_by_role("main").get_by_role("link", name="Write and edit"))
    topic = re.search(r"/cms/pages/(\d+)/edit/", page.url)
    assert topic
    page.goto(f"/cms/pages/add/library/librarypage/{topic[1]}/")
    page.get_by_role("textbox", name="Title*").fill(TITLE)
    page.get_by_role("textbox", name="Answer*").fill(FIRST)
    page.get_by_role("button", name="Insert a block").first.click()
    page.get_by_role("option", name="At our clinic").click()
    page.get_by_role("textbox", name="Heading*").fill("Behind the house")
    page.locator("[contenteditable=true]").last.fill("Ask at the desk for a ticket.")
    expect(page.locator("#body-0-value-text")).to_have_value(re.compile("ticket"))
    press(page, page.get_by_role("button", name="Save draft"))
    saved = re.search(r"/cms/pages/(\d+)/edit/", page.url)
    assert saved
    return saved[1]


def they_see_it_as_patients_will(page: Page) -> None:
    """The preview follows what is typed."""
    page.get_by_role("button", name="Toggle preview").click()
    preview = page.frame_locator("iframe#w-preview-iframe")
    expect(preview.get_by_text(FIRST)).to_be_visible(timeout=20_000)
    page.get_by_role("button", name="Toggle preview").click()


def they_ask_for_approval(page: Page) -> None:
    page.get_by_role("button", name="More actions").last.click()
    press(page, page.get_by_role("button", name="Ask a clinician to approve it"))


def a_doctor_approves(page: Page, title: str, see: See) -> None:
    """From the list of what waits, having read the page as it will be."""
    page.goto("/upkeep/")
    waits = page.get_by_role("region", name="Wait for a clinician")
    press(page, waits.get_by_role("link", name=title))
    says(page, "What is new", "The page as it will be")
    see(page, "library-to-approve")
    press(page, page.get_by_role("button", name="Approve and publish"))


def they_translate_it(page: Page, written: str, see: See) -> None:
    """Sentence by sentence, in the CMS, and then to a doctor."""
    page.goto(f"/upkeep/{written}/")
    press(page, page.get_by_role("button", name="Translate into Spanish"))
    for tab in ("Content", "Promote"):
        page.get_by_role("tab", name=tab).click()
        while page.get_by_role("button", name="Translate", exact=True).count():
            _translate_the_next(page)
    page.goto(f"/upkeep/{written}/")
    press(page, page.get_by_role("region", name="Both languages").get_by_role("link").first)
    see(page, "library-translated")
    press(page, page.get_by_role("button", name="Ask a clinician to approve the translation"))


def _translate_the_next(page: Page) -> None:
    page.get_by_role("button", name="Translate", exact=True).first.click()
    box = page.locator("li, tr, section").filter(has=page.locator("textarea")).last
    said = next(spanish for english, spanish in SPANISH.items() if english in box.inner_text())
    box.locator("textarea").fill(said)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("textarea")).to_have_count(0)


def they_change_the_english(page: Page, written: str) -> None:
    page.goto(f"/cms/pages/{written}/edit/")
    page.get_by_role("textbox", name="Answer*").fill(THEN)
    they_ask_for_approval(page)
