"""What the library says, in which language, where each statement is known from, and who stands behind a page."""

from .pages import Glossary, Kept, LibraryIndex, LibraryPage, RelatedPage, ShownAt, Topic
from .reviews import REVIEW_EVERY, ClinicianApproval, Review, authors_of, is_before_others
from .sources import Source

__all__ = [
    "REVIEW_EVERY",
    "ClinicianApproval",
    "Glossary",
    "Kept",
    "LibraryIndex",
    "LibraryPage",
    "RelatedPage",
    "Review",
    "ShownAt",
    "Source",
    "Topic",
    "authors_of",
    "is_before_others",
]
