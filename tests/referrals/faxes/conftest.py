from pathlib import Path

import pytest


@pytest.fixture
def folder(settings, tmp_path: Path) -> Path:
    """The fax folder, and a media store beside it, both empty."""
    settings.STATE_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.FAX_FOLDER = tmp_path / "faxes"
    settings.FAX_FOLDER.mkdir()
    return settings.FAX_FOLDER
