"""What the library says: its door, topics, pages and words, in one language each."""

from collections.abc import Collection
from typing import Any, Self

from django.db import models
from django.http import HttpRequest
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel, PageChooserPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page, Revision

from clinic.people.models import User
from education.library.blocks import Body, Questions, Terms
from education.library.moments import MOMENTS
from education.library.permissions import LibraryPermissions
from education.library.shown import cited, headings, words
from education.library.terms import Explained

from .reviews import Review, is_before_others


class Kept(Page):
    """A page of the library: written by one, approved by a clinician who is another, and due to be read again."""

    class Meta:
        abstract = True

    def permissions_for_user(self, user: User) -> LibraryPermissions:
        return LibraryPermissions(user, self)

    @property
    def review(self) -> Review | None:
        """The latest word of a clinician on the version that is live; none, and it is a draft."""
        if self.live_revision_id is None:
            return None
        return Review.objects.filter(revision_id=self.live_revision_id).select_related("by").order_by("-id").first()

    def save_revision(self, *args: Any, overwrite_revision: Revision | None = None, **kwargs: Any) -> Revision:
        """Save a version. Saving as one types writes over one's last, but never over one that others have before them.

        A version that was sent to a clinician, reviewed, planned or published stays word for word what it was.
        """
        if overwrite_revision and is_before_others(overwrite_revision):
            overwrite_revision = None
        return super().save_revision(*args, overwrite_revision=overwrite_revision, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context(request, *args, **kwargs),
            # What is previewed nobody has reviewed, whatever is live.
            "review": None if getattr(request, "is_preview", False) else self.review,
            "translations": self.get_translations(inclusive=True).live().select_related("locale"),
        }


class LibraryIndex(Kept):
    """The door of the library in one language: its topics and its glossary."""

    answer = models.TextField(max_length=600)

    template = "library/index.html"
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["library.Topic", "library.Glossary"]
    content_panels = [*Page.content_panels, FieldPanel("answer")]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), **self._shelves()}

    def _shelves(self) -> dict[str, Any]:
        topics = list(Topic.objects.child_of(self).live())
        pages = list(LibraryPage.objects.descendant_of(self).live())
        return {
            "topics": [(topic, [page for page in pages if page.is_child_of(topic)]) for topic in topics],
            "glossary": Glossary.objects.child_of(self).live().first(),
        }


class Topic(Kept):
    """Pages that belong together."""

    answer = models.TextField(max_length=600)

    template = "library/topic.html"
    parent_page_types = ["library.LibraryIndex"]
    subpage_types = ["library.LibraryPage"]
    content_panels = [*Page.content_panels, FieldPanel("answer")]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        pages = LibraryPage.objects.child_of(self).live()
        return {**super().get_context(request, *args, **kwargs), "pages": pages}


class LibraryPage(Kept):
    """The answer to one question of a patient's."""

    answer = models.TextField(max_length=600, help_text="The short answer, in two to four sentences")
    body = StreamField(Body())
    questions = StreamField(
        Questions(required=False), blank=True, help_text="Two questions that say whether it was understood"
    )

    template = "library/page.html"
    parent_page_types = ["library.Topic"]
    subpage_types: list[str] = []
    content_panels = [
        HelpPanel(template="upkeep/_panel.html", heading="How it reads"),
        *Page.content_panels,
        FieldPanel("answer"),
        FieldPanel("body"),
        FieldPanel("questions"),
        InlinePanel("related_pages", label="Related question", max_num=4),
        InlinePanel("moments", label="Shown at"),
    ]

    def related(self) -> list["LibraryPage"]:
        """The related questions that are live, in this page's language where there are such."""
        rows = self.related_pages.select_related("related")
        wanted = [row.related for row in rows if row.related.translation_key != self.translation_key]
        keys = [page.translation_key for page in wanted]
        here = LibraryPage.objects.live().filter(translation_key__in=keys, locale_id=self.locale_id)
        by_key = {page.translation_key: page for page in here}
        return [page for each in wanted if (page := by_key.get(each.translation_key, each)).live]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        glossary = Glossary.objects.live().filter(locale_id=self.locale_id).first()
        beside = {
            "related": self.related(),
            "glossary": glossary,
            "words": Explained(words(glossary.terms) if glossary else []),
            "cited": cited(self.body),
            "headings": headings(self.body),
        }
        return {**super().get_context(request, *args, **kwargs), **beside}

    @classmethod
    def shown_at(cls, moments: Collection[str], language: str) -> list[Self]:
        """The live pages that editors chose for some moments of the way, in a language; without what they say."""
        keys = cls.objects.filter(moments__moment__in=moments).values("translation_key")
        pages = cls.objects.live().filter(translation_key__in=keys, locale__language_code=language)
        return list(pages.defer("body", "questions").order_by("path"))


class RelatedPage(Orderable):
    page = ParentalKey(LibraryPage, on_delete=models.CASCADE, related_name="related_pages")
    related = models.ForeignKey(LibraryPage, models.CASCADE, related_name="+")

    panels = [PageChooserPanel("related", "library.LibraryPage")]


class ShownAt(Orderable):
    """The moment of a patient's way at which a page is offered."""

    page = ParentalKey(LibraryPage, on_delete=models.CASCADE, related_name="moments")
    moment = models.CharField(max_length=40, choices=[(moment.key, moment.when) for moment in MOMENTS])

    panels = [FieldPanel("moment")]

    class Meta(Orderable.Meta):
        indexes = [models.Index(fields=["moment"], name="shown_at_moment")]


class Glossary(Kept):
    """The words that patients meet, and what they mean."""

    answer = models.TextField(max_length=600)
    terms = StreamField(Terms())

    template = "library/glossary.html"
    parent_page_types = ["library.LibraryIndex"]
    subpage_types: list[str] = []
    content_panels = [*Page.content_panels, FieldPanel("answer"), FieldPanel("terms")]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), "cited": cited(self.terms)}
