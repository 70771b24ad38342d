from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from .uploads import ACCEPT


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True
    look = "file"


class FilesField(forms.FileField):
    """One file or several; each is judged by itself, so that one bad page loses no good one."""

    widget = FilesInput(attrs={"accept": ACCEPT})

    def clean(self, data: object, _initial: object = None) -> list["UploadedFile[Any]"]:
        sent = data if isinstance(data, list) else [data]
        if self.required and not any(sent):
            raise forms.ValidationError(self.error_messages["required"])
        return [file for file in sent if isinstance(file, UploadedFile)]
