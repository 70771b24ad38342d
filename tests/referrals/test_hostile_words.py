"""What no page of ours ever sends: the rooms of referrals answer it, and never break on it."""

import pytest

from tests.factories import a_case, a_clinic, a_location
from tests.referrals.faxes.scenes import a_fax
from tests.referrals.incoming.desk import a_received
from tests.referrals.scenes import a_coordinator

pytestmark = pytest.mark.django_db
NUL, TOO_LONG = "a\x00b", "9" * 5000


@pytest.fixture
def desk(client):
    a_clinic(), a_location()
    client.force_login(a_coordinator())
    return client


@pytest.mark.parametrize("said", [NUL, TOO_LONG, "-1", "99999999999999999999"])
def test_no_word_breaks_the_desk(desk, said):
    referral = a_received()
    words = {"patient": said, "case": said, "matched": said, "seen": said, "code": said, "back": said}
    for page in ("match/with", "match/new", "sender/add"):
        assert desk.post(f"/referrals/{referral.code}/{page}", words).status_code in (302, 404, 422)
    for page in ("assign", "remind"):
        assert desk.post(f"/referrals/{page}/", words).status_code == 302


def test_a_case_that_is_named_with_hidden_letters_is_not_found(desk):
    referral, case = a_received(), a_case()
    said = {"patient": case.patient.reference, "case": NUL}
    assert desk.post(f"/referrals/{referral.code}/match/with", said).status_code == 404


def test_no_word_breaks_the_search_beside_a_fax(desk, tmp_path, settings):
    folder = settings.FAX_FOLDER = tmp_path / "faxes"
    folder.mkdir()
    settings.MEDIA_ROOT = tmp_path / "media"
    fax = a_fax(folder)
    for name in ("code", "q", "patient"):
        assert desk.get(f"/faxes/{fax.pk}/", {name: NUL}).status_code in (200, 404)
