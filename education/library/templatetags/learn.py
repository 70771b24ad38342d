"""The right page at the right moment: a line with links, and nothing where no page fits."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import get_language

from education.library.models import LibraryPage

register = template.Library()


@register.inclusion_tag("library/_learn.html")
def learn(moments: str | Sequence[str]) -> dict[str, Any]:
    """The live pages that editors chose for one moment of the way, or for several, in the reader's language."""
    wanted = [moments] if isinstance(moments, str) else list(moments)
    pages = LibraryPage.shown_at(wanted, get_language() or "en") if any(wanted) else []
    return {"pages": [(page.title, _address(page)) for page in pages]}


def _address(page: LibraryPage) -> str:
    """Below the library's door in this language, without asking which site this is, as Wagtail would."""
    _root, _index, below = page.url_path.split("/", 2)
    return reverse("wagtail_serve", args=[below])
