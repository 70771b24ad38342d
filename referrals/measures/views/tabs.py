"""Addresses of the same page with another word in them."""

from dataclasses import dataclass
from urllib.parse import urlencode

from clinic.people.request import Request
from referrals.loop.lifecycle import Direction
from referrals.measures.forms import direction_of

WAYS = {Direction.OUTGOING: "Outgoing", Direction.INCOMING: "Incoming"}


@dataclass(frozen=True)
class Tab:
    label: str
    url: str
    current: bool
    count: None = None


def with_words(request: Request, **words: str | None) -> str:
    """The query of this page with other words; None leaves one out."""
    kept = {name: str(value) for name, value in request.GET.items()} | words
    return urlencode({name: value for name, value in kept.items() if value})


def ways(request: Request) -> list[Tab]:
    """The two directions, and which of them is shown; what was narrowed to a practice is of one direction."""
    shown = direction_of(request.GET.get("direction"))
    return [
        Tab(words, f"?{with_words(request, direction=way, practice=None)}", way == shown) for way, words in WAYS.items()
    ]
