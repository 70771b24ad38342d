"""Pictures and films that readers see: another one in their place would change a page with nobody's approval."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from wagtail.documents.forms import BaseDocumentForm
from wagtail.documents.models import Document
from wagtail.images.forms import BaseImageForm
from wagtail.images.models import Image
from wagtail.models import Page

SHOWN = "A published page shows it. Upload the new one beside it, put that on the page, and ask a clinician."


def pages_that_show(file: Image | Document) -> set[Page]:
    """The published pages that a picture, a film or its captions stand on, in what readers see of them."""
    return {shown for shown, _places in file.get_usage() if isinstance(shown, Page) and shown.live}


class _Kept:
    """A file that readers see keeps its content; its name and what it is called may change."""

    instance: Any
    changed_data: list[str]

    def clean_file(self) -> Any:
        if self.instance.pk and "file" in self.changed_data and pages_that_show(self.instance):
            raise ValidationError(SHOWN)
        return self.cleaned_data["file"]  # type: ignore[attr-defined]  # a form's


class PictureForm(_Kept, BaseImageForm):
    """Of a picture."""


class FilmForm(_Kept, BaseDocumentForm):
    """Of a film or its captions."""


@receiver(pre_delete, sender=Image)
@receiver(pre_delete, sender=Document)
def keep_what_is_shown(instance: Image | Document, **_: Any) -> None:
    if pages := pages_that_show(instance):
        raise ProtectedError(SHOWN, pages)
