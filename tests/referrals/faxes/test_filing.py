"""A fax is filed once, by somebody who saw it, in the place that it names; and each way back says why."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from clinic.audit.actions import Refused
from clinic.audit.models import Event
from clinic.outside.models import RecordRequest
from clinic.people.models import Role
from clinic.record.models import Document
from referrals.faxes.actions import filing
from referrals.faxes.models import Fax, Seen, Step
from referrals.loop.lifecycle import State as Loop
from tests.factories import a_case, a_user, actor
from tests.outside.scenes import a_request
from tests.referrals.scenes import an_incoming, an_outgoing, walk

from .scenes import a_fax, a_pdf, a_seen_fax

pytestmark = pytest.mark.django_db


@pytest.fixture
def hazel():
    return actor(a_user(Role.COORDINATOR, name="Test Coordinator Hazel"))


@pytest.fixture
def rowan():
    return actor(a_user(Role.COORDINATOR, name="Test Coordinator Rowan"))


@pytest.fixture
def fax(folder, hazel) -> Fax:
    """A fax that Hazel has looked at."""
    return a_seen_fax(folder, hazel)


def state(fax: Fax) -> str:
    fax.refresh_from_db()
    return fax.state


def test_nothing_is_filed_before_this_very_person_saw_it(fax, rowan):
    case = a_case()
    with pytest.raises(Refused, match="Open its pages"):
        filing.file_document(fax=fax, case=case, by=rowan)
    assert state(fax) == "waiting"
    filing.open_pages(fax=fax, by=rowan)
    filing.file_document(fax=fax, case=case, by=rowan)
    assert state(fax) == "filed"


def test_the_database_files_nothing_unseen(fax, rowan):
    with pytest.raises(DatabaseError, match="before it was seen"), transaction.atomic():
        Step.objects.create(
            fax=fax,
            number=1,
            from_state="waiting",
            to_state="filed",
            referral=an_incoming(),
            done_by_id=rowan.user_id,
        )


def test_a_document_of_a_case(fax, hazel):
    case = a_case()
    filing.file_document(fax=fax, case=case, by=hazel)
    document = case.documents.get()
    assert (document.sha256, document.path, document.said_by) == (fax.sha256, fax.path, "record")
    assert fax.steps.get().document == document
    assert Event.objects.get(verb="fax.filed").patient_ids == [case.patient_id]


def test_the_report_that_a_referral_waits_for(fax, hazel):
    referral = walk(an_outgoing(), Loop.SENT, Loop.BOOKED, Loop.ATTENDED)
    filing.file_report(fax=fax, referral=referral, by=hazel)
    referral.refresh_from_db()
    step = referral.steps.last()
    assert referral.state == Loop.REPORT_RECEIVED
    assert (step.how, step.document) == ("fax", referral.case.documents.get())
    assert fax.steps.get().referral == referral


def test_a_report_that_nobody_awaits_is_refused_and_nothing_is_written(fax, hazel):
    for referral in (an_outgoing(), an_incoming()):
        with pytest.raises(Refused):
            filing.file_report(fax=fax, referral=referral, by=hazel)
    assert state(fax) == "waiting"
    assert not Document.objects.exists()


def test_another_paper_about_a_referral_moves_it_nowhere(fax, hazel, folder):
    referral = walk(an_outgoing(), Loop.SENT)
    filing.file_paper(fax=fax, referral=referral, by=hazel)
    referral.refresh_from_db()
    assert referral.state == Loop.SENT
    assert referral.case.documents.count() == 1
    incoming, second = an_incoming(), a_seen_fax(folder, hazel)
    filing.file_paper(fax=second, referral=incoming, by=hazel)
    assert second.steps.get().document is None
    assert list(incoming.fax_steps.standing()) == list(second.steps.all())
    filing.take_back(fax=second, reason="Wrong one", by=hazel)
    assert not incoming.fax_steps.standing().exists()


def test_the_record_that_was_asked_for(fax, hazel, folder):
    asked = a_request()
    filing.file_record(fax=fax, asked=asked, by=hazel)
    asked.refresh_from_db()
    assert asked.state == "received"
    assert asked.steps.get().documents.get().sha256 == fax.sha256
    RecordRequest.objects.get(pk=asked.pk)
    second = a_seen_fax(folder, hazel)
    with pytest.raises(Refused):
        filing.file_record(fax=second, asked=asked, by=hazel)


def test_the_second_of_two_people_is_told_who_filed_it_where(fax, hazel, rowan):
    filing.open_pages(fax=fax, by=rowan)
    case = a_case()
    filing.file_document(fax=fax, case=case, by=hazel)
    with pytest.raises(Refused, match=f"Test Coordinator Hazel filed this fax with {case.patient}, case") as told:
        filing.file_document(fax=fax, case=a_case(), by=rowan)
    assert case.reference in str(told.value)
    with pytest.raises(Refused, match="You filed this fax"):
        filing.file_document(fax=fax, case=case, by=hazel)
    assert fax.steps.count() == 1


def test_two_first_steps_can_never_both_stand(fax, hazel):
    words = {"fax": fax, "number": 1, "from_state": "waiting", "to_state": "set_aside", "why": "junk"}
    Step.objects.create(done_by_id=hazel.user_id, **words)
    with pytest.raises(IntegrityError), transaction.atomic():
        Step.objects.create(done_by_id=hazel.user_id, **words)


@pytest.mark.parametrize("content", [b"", b"a picture", a_pdf(password="made up")])
def test_what_cannot_be_read_is_set_aside_and_never_filed(folder, hazel, content):
    fax = a_fax(folder, content=content)
    filing.open_pages(fax=fax, by=hazel)
    with pytest.raises(Refused, match="cannot be filed as it is"):
        filing.file_document(fax=fax, case=a_case(), by=hazel)
    filing.set_aside(fax=fax, why="asked_again", by=hazel)
    assert state(fax) == "set_aside"


def test_set_aside_says_why_and_can_be_taken_up(fax, hazel, rowan):
    with pytest.raises(Refused, match="Say why"):
        filing.set_aside(fax=fax, why="other", reason=" ", by=hazel)
    filing.set_aside(fax=fax, why="wrong_recipient", by=hazel)
    with pytest.raises(Refused, match="by now"):
        filing.set_aside(fax=fax, why="junk", by=rowan)
    with pytest.raises(Refused, match="set aside"):
        filing.file_document(fax=fax, case=a_case(), by=hazel)
    filing.take_up(fax=fax, by=rowan)
    assert state(fax) == "waiting"
    with pytest.raises(Refused):
        filing.take_up(fax=fax, by=rowan)
    assert [step.to_state for step in fax.steps.all()] == ["set_aside", "waiting"]


def test_take_back_strikes_the_document_and_the_fax_waits(fax, hazel):
    wrong, right = a_case(), a_case()
    filing.file_document(fax=fax, case=wrong, by=hazel)
    with pytest.raises(Refused, match="Say why"):
        filing.take_back(fax=fax, reason=" ", by=hazel)
    filing.take_back(fax=fax, reason="Another patient of the same name", by=hazel)
    assert not wrong.documents.current().exists()
    assert wrong.documents.count() == 1
    filing.file_document(fax=fax, case=right, by=hazel)
    assert fax.steps.count() == 3
    with pytest.raises(Refused, match="not filed"):
        filing.take_back(fax=a_fax_beside(fax), reason="None", by=hazel)


def a_fax_beside(fax: Fax) -> Fax:
    """Another one that waits, with the same bytes."""
    return Fax.objects.create(
        name="beside", sha256=fax.sha256, modified_ns=1, size=1, path=fax.path, pages=1, received_at=fax.received_at
    )


def test_what_moved_a_referral_on_is_not_taken_back(fax, hazel):
    referral = walk(an_outgoing(), Loop.SENT)
    filing.file_report(fax=fax, referral=referral, by=hazel)
    with pytest.raises(Refused, match="moved a referral"):
        filing.take_back(fax=fax, reason="Wrong", by=hazel)


def test_the_database_keeps_faxes_steps_and_who_saw_them(fax, hazel):
    filing.file_document(fax=fax, case=a_case(), by=hazel)
    tries = [
        lambda: Fax.objects.filter(pk=fax.pk).delete(),
        lambda: Fax.objects.filter(pk=fax.pk).update(state="set_aside"),
        lambda: Fax.objects.filter(pk=fax.pk).update(path="elsewhere"),
        lambda: Seen.objects.all().delete(),
        lambda: Step.objects.update(reason="rewritten"),
    ]
    for act in tries:
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
