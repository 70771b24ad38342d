"""What can be found in the library, in which language; what was not found; and whether a page was helpful."""

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchQueryField, SearchRank, SearchVectorField
from django.db import models
from django.db.models import BooleanField, Case, Count, F, Func, Q, Value, When
from django.db.models.functions import Concat, StrIndex
from django.db.models.lookups import GreaterThan
from wagtail.models import Page, Revision

from clinic.audit.clock import DatabaseNow
from clinic.people.models import Plain


class Stems(Func):
    """The title, other names, answer and words of an entry by their stems; the title weighs most."""

    function = "library_entry"
    output_field = SearchVectorField()


class AllOf(Func):
    """The stems of words in a language, all of which must be there."""

    function = "library_all_of"
    output_field = SearchQueryField()


class AnyOf(AllOf):
    """The stems of words in a language, one of which must be there."""

    function = "library_any_of"


class Matches(Func):
    template, arg_joiner = "(%(expressions)s)", " @@ "
    output_field = BooleanField()


class Marked(Func):
    """A text with the sought words marked; small letters without accents, in the places of the text's own."""

    function = "library_marked"
    output_field = models.TextField()


LINE = Value("\n")
SAID = Concat("answer", LINE, "words", output_field=models.TextField())


NAMES = Plain(Concat("title", LINE, "also", output_field=models.TextField()))
PAGES_BEFORE_TERMS = Case(When(anchor="", then=2.0), default=1.0, output_field=models.FloatField())


def _in_lines(names: Plain) -> Concat:
    return Concat(LINE, names, LINE, output_field=models.TextField())


class EntryQuerySet(models.QuerySet["Entry"]):
    def in_language(self, language: str) -> Self:
        return self.filter(language=language, page__live=True)

    def found_by(self, words: list[str], language: str) -> Self:
        """What has any of the words, marked: first what has them all, then what is called so, then by rank."""
        tongue, line = Value(language), Value(" ".join(words))
        return (
            self.in_language(language)
            .filter(Matches(F("stems"), AnyOf(tongue, line)))
            .annotate(
                has_all=Matches(F("stems"), AllOf(tongue, line)),
                is_called_so=GreaterThan(StrIndex(_in_lines(NAMES), _in_lines(Plain(line))), 0),
                # A long page weighs a little less; a term that only mentions the words less than a page about them.
                rank=SearchRank(F("stems"), AnyOf(tongue, line), normalization=1) * PAGES_BEFORE_TERMS,
                marked=Marked(tongue, SAID, line),
            )
            .order_by("-has_all", "-is_called_so", "-rank", "pk")
        )


class Entry(models.Model):
    """A page, or a term of a glossary page, as the search sees it. Written anew when the page is published."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="entries")
    anchor = models.CharField(max_length=60, blank=True, help_text="Where on the page; a term of the glossary has one")
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    title = models.CharField(max_length=255)
    also = models.TextField(blank=True, help_text="What else it is called, or what people say and it puts right")
    answer = models.TextField(blank=True)
    words = models.TextField(blank=True)
    stems = models.GeneratedField(
        expression=Stems("language", "title", "also", "answer", "words"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    # What `found_by` adds.
    has_all: bool
    marked: str

    objects = EntryQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "anchor"], name="one_entry_a_place")]
        indexes = [GinIndex(fields=["stems"], name="entry_stems")]

    @property
    def said(self) -> str:
        return f"{self.answer}\n{self.words}"

    @property
    def everything(self) -> str:
        return f"{self.title}\n{self.also}\n{self.said}"


class Word(models.Model):
    """A word that stands in the library: what a typing error may have been meant for."""

    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    word = models.CharField(max_length=40)
    plain = models.GeneratedField(expression=Plain("word"), output_field=models.TextField(), db_persist=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["language", "word"], name="a_word_once_a_language")]
        indexes = [
            GinIndex(OpClass(F("plain"), name="gin_trgm_ops"), name="word_alike"),
            models.Index(fields=["plain"], name="word_plain"),
        ]


class NotFoundQuerySet(models.QuerySet["NotFound"]):
    def since(self, month: date) -> models.QuerySet[Any, Any]:
        """The words that were asked for more than once, most often first: what one person asked may be a name."""
        return (
            self.filter(month__gte=month)
            .values("words", "language")
            .annotate(times=models.Sum("count"), latest=models.Max("month"))
            .filter(times__gt=1)
            .order_by("-times", "words", "language")
        )

    def asked_once(self, month: date) -> int:
        """How many there are beside those."""
        asked = self.filter(month__gte=month).values("words", "language").annotate(times=models.Sum("count"))
        return asked.filter(times=1).count()


class NotFound(models.Model):
    """How often words were searched for in a month that stand nowhere in the library. Nobody knows who asked."""

    words = models.CharField(max_length=160)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    month = models.DateField(help_text="Its first day")
    count = models.PositiveIntegerField(default=0)

    objects = NotFoundQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["month", "language", "words"], name="not_found_once_a_month")]


class OpinionQuerySet(models.QuerySet["Opinion"]):
    def by_page(self) -> models.QuerySet[Any, Any]:
        """For each page how many found it helpful and how many did not: in all, and the version that is live."""
        live = Q(revision_id=F("page__live_revision_id"))
        return (
            self.values("page_id", "page__title", "page__locale__language_code")
            .annotate(
                yes=Count("pk", Q(helpful=True)),
                no=Count("pk", Q(helpful=False)),
                yes_live=Count("pk", live & Q(helpful=True)),
                no_live=Count("pk", live & Q(helpful=False)),
                lines=Count("pk", ~Q(line="")),
            )
            .order_by("-no", "-yes", "page__title")
        )


class Opinion(models.Model):
    """Whether one version of a page was helpful, and a free line. Nobody knows whose it is."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="opinions")
    revision = models.ForeignKey(Revision, models.CASCADE, related_name="+")
    helpful = models.BooleanField()
    line = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(db_default=DatabaseNow(), editable=False)

    objects = OpinionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["page", "-id"], name="opinion_of_page")]
