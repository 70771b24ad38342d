"""What the templates of the library ask for: words explained where they stand, and the page for machines."""

from typing import Any

from django import template
from django.template.context import Context
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail.rich_text import RichText

from education.library.models import LibraryIndex
from education.library.schema import inside_html, medical_page

register = template.Library()


@register.simple_tag(takes_context=True)
def explained(context: Context, text: Any) -> SafeString:
    """A text or rich text with the words of the glossary explained where they first stand on the page."""
    html = text.__html__() if isinstance(text, RichText) else escape(text)
    words = context.get("words")
    return mark_safe(words.mark(html) if words else html)  # noqa: S308  # escaped above, or Wagtail's own rich text


@register.simple_tag(takes_context=True)
def described(context: Context) -> SafeString:
    """The page as schema.org's MedicalWebPage. A block of data runs nothing, so our content policy lets it be."""
    page = context["page"]
    address = page.get_full_url(context.get("request"))
    said = medical_page(page, address, context["review"], context["clinic"], context.get("cited") or [])
    # Escaped for where it stands.
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(inside_html(said)))  # noqa: S308


@register.simple_tag(takes_context=True)
def other_languages(context: Context) -> list[tuple[str, str]]:
    """For each other language, its code and the page's address in it; where there is none, the library's door."""
    own, request = context["page"].locale_id, context.get("request")
    doors = LibraryIndex.objects.live().exclude(locale_id=own).select_related("locale")
    here = {page.locale_id: page for page in context["translations"]}
    return [(door.locale.language_code, here.get(door.locale_id, door).get_url(request)) for door in doors]
