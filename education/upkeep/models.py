from django.db import models
from wagtail.models import Page, Revision

from clinic.audit.clock import DatabaseNow
from clinic.people.models import User


class Translated(models.Model):
    """Which version of the English a version of the Spanish says: it was translated, or found to fit as it was."""

    class Kind(models.TextChoices):
        TRANSLATED = "translated", "Translated"
        STILL_FITS = "still_fits", "Needs no change"

    page = models.ForeignKey(Page, models.CASCADE, related_name="+")
    revision = models.ForeignKey(Revision, models.CASCADE, related_name="+")
    english = models.ForeignKey(Revision, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=DatabaseNow(), editable=False)

    class Meta:
        indexes = [models.Index(fields=["page", "-id"], name="translated_of_a_page")]
