"""What may be written, signed and sent, by whom, and what the database keeps of it."""

import pytest
from django.db import DatabaseError, transaction

from clinic.audit.actions import Refused
from clinic.audit.clock import now, today
from clinic.audit.models import Event
from clinic.candidacy.casefile import CaseFile
from clinic.directory.actions.entries import merge_entry
from clinic.directory.models import Entry, Kind
from clinic.people.models import Role
from referrals.loop.actions.steps import Said, step
from referrals.loop.lifecycle import State
from referrals.loop.models import Referral
from referrals.outgoing.actions.sending import choose_practice, say, send
from referrals.outgoing.actions.writing import Overtaken, sign, start, write
from referrals.outgoing.asked import EVERY_FIELD, SERVICES
from referrals.outgoing.links import standing_link
from referrals.outgoing.models import Order
from referrals.outgoing.record import known
from tests.candidacy.scenes import a_known_case
from tests.factories import a_user, actor
from tests.referrals.scenes import a_coordinator, a_practice

from .scenes import a_draft, a_sent, a_signed

pytestmark = pytest.mark.django_db
S = State


def office():
    return actor(a_coordinator())


@pytest.mark.parametrize("service", SERVICES)
def test_a_draft_begins_with_what_the_record_says(service):
    order = a_draft(service)
    assert order.referral.state == S.DRAFT
    assert "not recorded" not in order.diagnosis.lower()
    assert all(order.stands_as_filled(name) for name in order.filled)
    assert order.start_from is None
    assert order.question == ""


def test_a_second_one_for_a_service_is_begun_only_by_who_saw_the_first():
    case = a_known_case()
    first = a_draft(case=case).referral
    words = {"case": case, "urgency": "soon", "known": known(CaseFile.of(case)), "by": office()}
    with pytest.raises(Refused, match=first.printed_code):
        start(service="physical_therapy", **words)
    assert start(service="imaging", **words).service == "imaging"
    assert start(service="physical_therapy", seen=[first.pk], **words).pk != first.pk


def test_who_was_overtaken_loses_nothing_and_is_told():
    order = a_draft(question="First")
    with pytest.raises(Overtaken):
        write(order=order, said={"question": "Second"}, edition=1, by=office())
    order.refresh_from_db()
    assert (order.question, order.edition) == ("First", 2)
    with pytest.raises(Overtaken):
        sign(order=order, edition=1, by=actor(a_user(Role.DOCTOR)))


def test_saving_the_same_words_again_is_no_new_edition():
    order = a_draft(question="First")
    assert write(order=order, said={"question": "First"}, edition=2, by=office()).edition == 2


def test_what_would_not_fit_on_its_page_is_refused():
    wide = "漢字" * 160
    with pytest.raises(Refused, match="does not fit on one page"):
        a_draft(question=wide, precautions=wide, goal_line=wide[:120], call=wide[:120], patient_told=wide[:240])


def test_only_a_doctor_signs_and_never_for_themselves():
    order = a_draft(question="Strength")
    with pytest.raises(Refused, match="Only a doctor"):
        sign(order=order, edition=order.edition, by=office())
    doctor = a_user(Role.DOCTOR)
    patient = order.referral.patient
    patient.user = doctor
    patient.save()
    with pytest.raises(Refused, match="yourself"):
        sign(order=order, edition=order.edition, by=actor(doctor))


def test_nothing_is_signed_that_asks_for_nothing():
    order = a_draft("imaging")
    with pytest.raises(Refused, match="study, question to be answered"):
        sign(order=order, edition=order.edition, by=actor(a_user(Role.DOCTOR)))


def test_a_signed_letter_keeps_its_words():
    order = a_signed()
    before = order.letter
    with pytest.raises(Refused, match="is signed"):
        write(order=order, said={"question": "Other"}, edition=order.edition, by=office())
    for change in ({"question": "Other"}, {"quoted": {}}, {"signed_at": None, "signed_by": None, "quoted": None}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Order.objects.filter(pk=order.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        order.delete()
    order.referral.patient.family_name = "Renamed"
    order.referral.patient.save()
    assert Order.objects.get(pk=order.pk).letter == before


def test_signing_twice_is_signing_once():
    order = a_signed()
    again = sign(order=order, edition=order.edition, by=actor(order.signed_by))
    assert again.signed_at == order.signed_at
    assert Event.objects.filter(verb="order.signed").count() == 1


def test_no_letter_goes_out_unsigned_or_to_nobody():
    order = a_draft(question="Strength")
    words = {"how": "fax", "on": today("America/New_York"), "seen": S.DRAFT, "by": office()}
    with pytest.raises(Refused, match="signs this letter"):
        send(referral=order.referral, **words)
    with pytest.raises(Refused, match="Choose the practice"):
        send(referral=a_signed().referral, **words)


def test_sending_twice_is_sending_once():
    referral = a_sent()
    sent = referral.steps.last()
    send(referral=referral, how="fax", on=sent.on, seen=S.DRAFT, by=office())
    assert referral.steps.filter(to_state=S.SENT).count() == 1
    send(referral=referral, how="mail", on=sent.on, seen=S.SENT, by=office())
    assert referral.steps.filter(to_state=S.SENT).count() == 2


def test_another_practice_gets_a_link_of_its_own_and_the_first_ones_is_dead():
    referral = a_sent()
    first = standing_link(referral)
    step(referral=referral, to=S.REFUSED, by=office(), said=Said(reason="No room"), seen=S.SENT)
    other = choose_practice(referral=referral, practice=a_practice(), by=office())
    second = standing_link(other)
    assert second.pk != first.pk
    assert not type(first).objects.get(pk=first.pk).is_usable
    again = send(referral=other, how="fax", on=today("America/New_York"), seen=S.REFUSED, by=office())
    assert (again.state, again.practice_id) == (S.SENT, other.practice_id)


def test_a_practice_that_is_gone_is_not_chosen():
    gone = a_practice(deactivated_at=now(), deactivated_by=a_coordinator())
    with pytest.raises(Refused, match="not used any more"):
        choose_practice(referral=a_signed().referral, practice=gone, by=office())


def test_what_only_staff_may_say_is_not_said_by_a_link():
    referral = a_sent()
    for to in (S.CLOSED, S.HANDED_BACK, S.SENT, S.CANCELLED):
        with pytest.raises(Refused):
            say(link=standing_link(referral), to=to, seen=S.SENT, by=office())
    assert Referral.objects.get(pk=referral.pk).state == S.SENT


def test_every_service_is_a_kind_of_practice_and_every_field_a_column():
    assert SERVICES.keys() <= set(Kind.values)
    assert {field.name for field in Order._meta.get_fields()} >= EVERY_FIELD.keys()


def test_a_letter_to_a_practice_that_was_given_up_meanwhile_is_not_sent():
    referral = a_sent()
    Entry.objects.filter(pk=referral.practice_id).update(deactivated_at=now(), deactivated_by=a_coordinator())
    with pytest.raises(Refused, match="not used any more"):
        send(referral=referral, how="mail", on=today(referral.location.time_zone), seen=S.SENT, by=office())


def test_a_practice_that_turns_out_to_be_another_keeps_its_referrals_and_its_link():
    referral, kept = a_sent(), a_practice()
    link = standing_link(referral)
    merge_entry(entry=referral.practice, into=kept, by=office())
    referral.refresh_from_db()
    assert (referral.practice, standing_link(referral)) == (kept, link)
    send(referral=referral, how="mail", on=today(referral.location.time_zone), seen=S.SENT, by=office())
