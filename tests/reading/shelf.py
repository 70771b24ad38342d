"""A small library of made-up pages, as an editor would leave it: live, in both languages."""

from wagtail.models import Locale, Page, Site

from education.library.models import LibraryIndex, LibraryPage, ShownAt, Source, Topic

QUESTION = {"choices": ["Yes", "No"], "right": 1, "because": "So it is, and here is why."}
TITLES = {"en": "Does it hurt?", "es": "¿Duele?"}
ASKS = {"en": ("Can it hurt?", "Does it pass?"), "es": ("¿Puede doler?", "¿Se pasa?")}


def a_library(moment: str = "intake_goals") -> dict[str, LibraryPage]:
    """One page with two questions, offered at a moment, by its languages."""
    source = Source.objects.create(
        key="made-up", document="A made-up trial", publisher="Nobody", year=2020, address="https://example.org/"
    )
    pages: dict[str, LibraryPage] = {}
    for language in ("en", "es"):
        pages[language] = _page(language, pages.get("en"), source)
    ShownAt.objects.create(page=pages["en"], moment=moment)
    index = pages["en"].get_parent().get_parent()
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "testserver", "port": 80, "root_page": index}
    )
    return pages


def _page(language: str, english: LibraryPage | None, source: Source) -> LibraryPage:
    locale = Locale.objects.get_or_create(language_code=language)[0]
    said = {"locale": locale, "answer": "A short answer."}
    index = _below(Page.get_first_root_node(), LibraryIndex(title="Learn", slug=f"learn-{language}", **said))
    topic = _below(index, Topic(title="The injection", slug="injection", **said))
    page = LibraryPage(title=TITLES[language], slug="hurt", **said)
    if english:
        for each, twin in ((page, english), (topic, english.get_parent()), (index, english.get_parent().get_parent())):
            each.translation_key = twin.translation_key
            if each.pk:
                each.save()
    page.body = [("text", {"heading": "What you feel", "text": "<p>A sting.</p>", "sources": [source]})]
    page.questions = [("question", {"ask": ask, **QUESTION}) for ask in ASKS[language]]
    return _below(topic, page)


def _below(parent: Page, page: Page) -> Page:
    parent.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page
