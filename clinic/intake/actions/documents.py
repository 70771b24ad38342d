"""Writes down and takes back the files that back up what somebody said."""

import uuid
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from clinic.audit.actor import Actor
from clinic.intake import uploads
from clinic.record import actions as record_actions
from clinic.record.models import Case, Document


def attach(
    *,
    case: Case,
    file: "UploadedFile[Any]",
    said_by: str,
    by: Actor,
    therapy_key: uuid.UUID | None = None,
    study_key: uuid.UUID | None = None,
) -> Document:
    """File a copy of a record under one row, or under the case; the same file again is the same document.

    Raises:
        Refused: the file cannot be taken; nothing was written.
    """
    upload = uploads.check(file)
    kept = ""
    try:
        document = record_actions.file_document(
            case=case, upload=upload, said_by=said_by, by=by, therapy_key=therapy_key, study_key=study_key
        )
        kept = document.path
    finally:
        # The disk knows no transactions: what no row tells of goes again.
        if kept != upload.path:
            uploads.discard(upload.path)
    return document


def remove(*, document: Document, by: Actor) -> None:
    """Take a document back: it stays, struck out, and so does its file."""
    record_actions.strike(row=document, by=by)
