from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from clinic.intake.uploads import ACCEPT


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True
    look = "file"


class FilesField(forms.FileField):
    """One file or several; each is judged by itself, so that one bad page loses no good one."""

    widget = FilesInput(attrs={"accept": ACCEPT})

    def clean(self, data: object, _initial: object = None) -> list["UploadedFile[Any]"]:
        sent = data if isinstance(data, list) else [data]
        if not any(sent):
            raise forms.ValidationError(self.error_messages["required"])
        return [file for file in sent if isinstance(file, UploadedFile)]


class DocumentForm(forms.Form):
    """The copies of a record, from a phone's camera or from its files."""

    copies = FilesField(
        label=_("Photos or PDF files"),
        help_text=_(
            "Up to 20 MB each. On a phone you can take a photo right now. Make sure that the words can be read."
        ),
        error_messages={"required": _("Choose a file, or take a photo, first.")},
    )
