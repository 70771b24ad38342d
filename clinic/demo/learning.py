"""The library of the made-up clinic, as it came with the software."""

from collections.abc import Callable, Mapping

from clinic.people.models import User
from education.first.actions import lay_out

from .shape import When, ago

Staff = Mapping[str, User]


def _lay_out(_staff: Staff) -> None:
    lay_out()


HAPPENINGS: tuple[tuple[When, Callable[[Staff], None]], ...] = ((ago(58, "09:00"), _lay_out),)
