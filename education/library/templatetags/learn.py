"""The right page at the right moment: a line with links, and nothing where no page fits."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.translation import get_language

from education.library.models import LibraryPage

register = template.Library()


@register.inclusion_tag("library/_learn.html", takes_context=True)
def learn(context: dict[str, Any], moments: str | Sequence[str]) -> dict[str, Any]:
    """The live pages that editors chose for one moment of the way, or for several, in the reader's language."""
    wanted = [moments] if isinstance(moments, str) else list(moments)
    pages = LibraryPage.shown_at(wanted, get_language() or "en") if any(wanted) else []
    request = context["request"]
    return {"pages": [(page.title, page.get_url(request)) for page in pages]}
