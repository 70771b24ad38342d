from django import forms
from django.utils.translation import gettext_lazy as _

from clinic.record.forms import FilesField


class DocumentForm(forms.Form):
    """The copies of a record, from a phone's camera or from its files."""

    copies = FilesField(
        label=_("Photos or PDF files"),
        help_text=_(
            "Up to 20 MB each. On a phone you can take a photo right now. Make sure that the words can be read."
        ),
        error_messages={"required": _("Choose a file, or take a photo, first.")},
    )
