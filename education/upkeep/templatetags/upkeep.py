"""What an editor sees of a page while it is written: how hard it reads, and what it lacks."""

from typing import Any

from django import template

from education.upkeep.words import hardest, lacks, reading

register = template.Library()


@register.inclusion_tag("upkeep/_figures.html")
def figures(page: Any) -> dict[str, Any]:
    """The figures of a page as it is now, saved or not."""
    language = page.locale.language_code if page.locale_id else "en"
    return {
        "level": reading(page, language),
        "hardest": hardest(page),
        "lacks": lacks(page),
        "language": language,
    }
