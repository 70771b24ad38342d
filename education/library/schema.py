"""A page in the words of schema.org, for whoever reads it by machine."""

import json
from typing import Any

Said = dict[str, Any]
ABOUT = {"@type": "MedicalProcedure", "name": "Epidural steroid injection"}
# JSON inside HTML: no character of it may end the element that it stands in.
INSIDE_HTML = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def medical_page(page: Any, address: str, review: Any, clinic: Any, sources: list[Any]) -> Said:
    """MedicalWebPage (schema.org): what the page answers, for whom, who stands behind it, and on what it rests."""
    said = {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "name": page.title,
        "description": page.search_description or page.answer,
        "abstract": page.answer,
        "url": address,
        "inLanguage": page.locale.language_code,
        "isAccessibleForFree": True,
        "about": ABOUT,
        "audience": {"@type": "MedicalAudience", "audienceType": "Patient"},
        "publisher": {"@type": "MedicalClinic", "name": clinic.name, "telephone": clinic.phone},
        "datePublished": _day(page.first_published_at),
        "dateModified": _day(page.last_published_at),
        "citation": [_cited(source) for source in sources],
    }
    return said | (_reviewed(review) if review else {"creativeWorkStatus": "Draft"})


def _reviewed(review: Any) -> Said:
    return {"lastReviewed": _day(review.at), "reviewedBy": {"@type": "Person", "name": str(review.by)}}


def _cited(source: Any) -> Said:
    return {
        "@type": "CreativeWork",
        "name": source.document,
        "publisher": {"@type": "Organization", "name": source.publisher},
        "datePublished": str(source.year),
        "url": source.address,
    }


def _day(moment: Any) -> str | None:
    return moment.date().isoformat() if moment else None


def inside_html(said: Said) -> str:
    return json.dumps(said, ensure_ascii=False).translate(INSIDE_HTML)
