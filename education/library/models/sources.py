"""Where each statement is known from."""

from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from wagtail.admin.panels import FieldPanel


class Source(models.Model):
    """A document that statements rest on. A withdrawn one stays, so that the pages that name it can be found."""

    class Seen(models.TextChoices):
        FULL = "full text", "Full text"
        OPENING = "opening", "Opening"
        ABSTRACT = "abstract", "Abstract"
        SECOND_HAND = "second hand", "Second hand"

    key = models.SlugField(max_length=60, unique=True, help_text="A short name, such as chou-2015")
    document = models.CharField(max_length=300)
    publisher = models.CharField(max_length=200)
    year = models.PositiveSmallIntegerField()
    address = models.URLField(max_length=500, validators=[URLValidator(["http", "https"])])
    seen = models.CharField(max_length=20, choices=Seen, help_text="How we read it")
    withdrawn_on = models.DateField(null=True, blank=True, help_text="The day its publisher took it back, if so")
    withdrawn_why = models.CharField(max_length=300, blank=True)

    panels = [FieldPanel(name) for name in ("key", "document", "publisher", "year", "address", "seen")] + [
        FieldPanel("withdrawn_on"),
        FieldPanel("withdrawn_why"),
    ]

    class Meta:
        ordering = ["publisher", "-year", "document"]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=False) | Q(withdrawn_why=""), name="source_withdrawn_on_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.publisher} {self.year}: {self.document}"
