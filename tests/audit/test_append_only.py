"""What is kept cannot be rewritten, deleted or emptied: the database itself refuses, whoever asks and however."""

from dataclasses import dataclass

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from clinic.audit import clock
from clinic.audit.actions import record
from clinic.audit.models import Event
from clinic.intake.models import Intake
from clinic.people.models import Role
from clinic.record import actions
from clinic.record.models import Alert, BloodThinner, Injection, OtherInjection, Study, Therapy
from tests.factories import a_case, a_user, actor

pytestmark = pytest.mark.django_db


def names_of_triggers(model: type[models.Model]) -> set[str]:
    return {trigger.name for trigger in getattr(model._meta, "triggers", [])}


KEPT = [model for model in apps.get_models() if {"keep_rows", "keep_table", "keep_words"} <= names_of_triggers(model)]
IN_THE_RECORD = [model for model in KEPT if model._meta.app_label in {"audit", "record"}]


@dataclass(frozen=True)
class Upload:
    name: str = "letter.pdf"
    content_type: str = "application/pdf"
    size: int = 9
    sha256: str = "0" * 64
    path: str = "aa/letter"


@pytest.fixture
def everything():
    """A record with one row of each kind."""
    case, by = a_case(), actor(a_user(Role.DOCTOR))
    said = {"case": case, "said_by": "doctor", "by": by}
    actions.state(fact="complaint.onset", value="2026-03", **said)
    for model in (Therapy, Injection, OtherInjection, BloodThinner, Study):
        actions.put(model=model, key=None, **said, **({"kind": "home_exercise"} if model is Therapy else {}))
    actions.score(scale="nrs", value=7, on="2026-06-01", **said)
    actions.file_document(upload=Upload(), **said)
    actions.raise_alert(case=case, kind=Alert.Kind.URGENT, signs=["saddle_numbness"], by=by)
    record(by=by, verb="case.opened", patients=[case.patient_id], of=case)


def refused(statement, *words) -> bool:
    try:
        with transaction.atomic():
            statement(*words)
    except DatabaseError:
        return True
    return False


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_log_and_the_rows_of_the_record_are_kept():
    names = {model.__name__ for model in IN_THE_RECORD}
    assert names == {
        *("Event", "Statement", "Therapy", "Injection", "OtherInjection", "BloodThinner", "Study"),
        *("Score", "Document", "Alert"),
    }


@pytest.mark.parametrize("model", IN_THE_RECORD, ids=lambda model: model.__name__)
def test_no_row_is_deleted(everything, model):
    rows, table = model.objects.all(), model._meta.db_table
    assert rows.exists()
    assert refused(rows._raw_delete, "default")
    assert refused(sql, f'DELETE FROM "{table}"')
    assert refused(sql, f'TRUNCATE "{table}" CASCADE')
    assert rows.exists()


def unchanging(model: type[models.Model]) -> models.Field:
    """A column that no verb sets twice."""
    return model._meta.get_field("verb" if model is Event else "raised_at" if model is Alert else "recorded_at")


@pytest.mark.parametrize("model", IN_THE_RECORD, ids=lambda model: model.__name__)
def test_no_word_is_rewritten(everything, model):
    field = unchanging(model)
    value = "other.verb" if model is Event else "2020-01-01T00:00Z"
    row = model.objects.first()
    setattr(row, field.name, value)
    assert refused(lambda: model.objects.update(**{field.name: value}))
    assert refused(lambda: model.objects.bulk_update([row], [field.name]))
    assert refused(lambda: row.save(update_fields=[field.name]))
    assert refused(sql, f"UPDATE \"{model._meta.db_table}\" SET {field.column} = '{value}'")


@pytest.mark.parametrize("model", [m for m in KEPT if m not in IN_THE_RECORD], ids=lambda model: model.__name__)
def test_what_other_rooms_keep_is_not_emptied(model):
    assert refused(sql, f'TRUNCATE "{model._meta.db_table}" CASCADE')


def test_a_row_may_be_struck_out_once(everything):
    row = Therapy.objects.get()
    actions.strike(row=row, by=actor(a_user(Role.DOCTOR)))
    assert not Therapy.objects.current().exists()
    assert Therapy.objects.exists()
    assert refused(sql, "UPDATE record_therapy SET struck_at = NULL, struck_by_id = NULL")
    assert refused(sql, "UPDATE record_therapy SET struck_at = now()")


def test_a_finding_is_written_once(everything):
    alert = Alert.objects.get()
    actions.release_alert(alert=alert, finding="Seen today.", by=actor(a_user(Role.DOCTOR)))
    for change in ("finding = 'Not seen.'", "released_at = NULL, released_by_id = NULL, finding = ''"):
        assert refused(sql, f"UPDATE record_alert SET {change}")


def test_what_was_signed_is_never_changed():
    person = a_user()
    told = {"version": "1", "language": "en", "signature": "Test Patient Alder", "sealed": {"sections": []}}
    Intake.objects.create(case=a_case(), sealed_at=clock.now(), sealed_by=person, sealed_hash="0", **told)
    for change in ("sealed = '{}'", "signature = 'x'", "sealed_at = NULL, sealed_by_id = NULL, sealed = NULL"):
        assert refused(sql, f"UPDATE intake_intake SET {change}")
