"""The way of a request: the table, and the database that holds to it."""

from itertools import product

import pytest
from django.db import DatabaseError, connection, transaction

from clinic.outside.lifecycle import NEXT, OPEN, PATIENCE, WORDS, State, may_follow
from clinic.outside.models import RecordRequest, Step
from tests.outside.scenes import a_request, desk

WAY = {
    ("to_send", "sent"),
    ("to_send", "received"),
    ("to_send", "cancelled"),
    ("sent", "sent"),
    ("sent", "received"),
    ("sent", "cancelled"),
    ("received", "sent"),
    ("received", "filed"),
    ("received", "cancelled"),
}

# What stands once more about another entry, with what the patient said, whether there are lines to sign, and a state.
COPY = """
    INSERT INTO outside_recordrequest (code, case_id, listed, key, subject, period, practice, address, fax, phone,
        wanted, made_by_id, allowed, with_authorization, state)
    SELECT 'K7RT9M2K', case_id, listed, gen_random_uuid(), subject, period, practice, address, fax, phone,
        wanted, made_by_id, %s, %s, %s FROM outside_recordrequest
"""


def test_the_table():
    assert {pair for pair in product(State, State) if may_follow(*pair)} == WAY
    assert set(OPEN) == set(PATIENCE) == {State.TO_SEND, State.SENT, State.RECEIVED}
    assert set(WORDS) == set(NEXT) == set(State)


def refused(statement: str, *words: object) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, words)
    except DatabaseError:
        return True
    return False


@pytest.mark.django_db
@pytest.mark.parametrize("pair", list(product(State, State)), ids=lambda pair: "-".join(pair))
def test_the_database_takes_no_other_way(pair):
    """Each state is reached on its own way first, then the next one is set by hand."""
    state, after = pair
    asked = a_request()
    for step in {"received": ["received"], "filed": ["received", "filed"]}.get(state, [state]):
        RecordRequest.objects.filter(pk=asked.pk).exclude(state=step).update(state=step)
    move = "UPDATE outside_recordrequest SET state = %s, state_since = clinic_now() WHERE id = %s"
    assert refused(move, after, asked.pk) == (pair not in WAY)


@pytest.mark.django_db
def test_a_request_begins_to_send_and_its_words_stay():
    asked = a_request()
    assert refused(COPY, None, True, "filed")
    assert not refused(COPY, None, True, "to_send")
    assert refused("UPDATE outside_recordrequest SET practice = 'another' WHERE id = %s", asked.pk)
    assert refused("DELETE FROM outside_recordrequest")
    assert refused("TRUNCATE outside_recordrequest CASCADE")


@pytest.mark.django_db
def test_no_request_stands_against_a_no():
    a_request()
    assert refused(COPY, False, True, "to_send")
    assert refused(COPY, None, False, "to_send")


@pytest.mark.django_db
def test_a_step_stays_and_says_what_it_must():
    asked, by = a_request(), desk()
    written = {"request": asked, "on": "2026-06-01", "done_by_id": by.user_id}
    wrong = [
        {"from_state": "to_send", "to_state": "filed"},
        {"from_state": "to_send", "to_state": "sent"},
        {"from_state": "to_send", "to_state": "received", "how": "fax"},
        {"from_state": "to_send", "to_state": "cancelled"},
    ]
    for words in wrong:
        with pytest.raises(DatabaseError), transaction.atomic():
            Step.objects.create(**written, **words)
    step = Step.objects.create(**written, from_state="to_send", to_state="sent", how="fax")
    assert refused("UPDATE outside_step SET how = 'mail' WHERE id = %s", step.pk)
    assert refused("DELETE FROM outside_step")
