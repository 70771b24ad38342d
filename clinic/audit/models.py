import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from .clock import DatabaseNow


def append_only(*may_change: str) -> list[pgtrigger.Trigger]:
    """Triggers by which the database itself refuses to delete, truncate or rewrite rows.

    `may_change` names the columns that an action may still set, such as the day on which a row was struck out.
    """
    keep_rows = pgtrigger.Protect(name="keep_rows", operation=pgtrigger.Delete)
    keep_table = pgtrigger.Trigger(
        name="keep_table",
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        level=pgtrigger.Statement,
        func="RAISE EXCEPTION 'rows of % are kept', TG_TABLE_NAME;",
    )
    keep_words = (
        pgtrigger.ReadOnly(name="keep_words", exclude=list(may_change))
        if may_change
        else pgtrigger.Protect(name="keep_words", operation=pgtrigger.Update)
    )
    return [keep_rows, keep_table, keep_words]


def said_once(moment: str, *with_it: str) -> pgtrigger.Trigger:
    """A trigger by which an end is said once: when `moment` stands, neither it nor what was said with it changes."""
    ended, other = pgtrigger.Q(**{f"old__{moment}__isnull": False}), pgtrigger.Q()
    for column in (moment, *with_it):
        other |= pgtrigger.Q(**{f"old__{column}__df": pgtrigger.F(f"new__{column}")})
    return pgtrigger.Protect(name="keep_end", operation=pgtrigger.Update, condition=ended & other)


def by_step_alone(what: str, *, steps: str, column: str) -> pgtrigger.Trigger:
    """A trigger by which a row comes to a `state` by its latest step alone.

    `what` names the row in the refusal; `steps` is the table of the steps, `column` what ties one to the row.
    """
    return pgtrigger.Trigger(
        name="keep_way",
        when=pgtrigger.Before,
        operation=pgtrigger.UpdateOf("state"),  # type: ignore[no-untyped-call]
        condition=pgtrigger.Q(old__state__df=pgtrigger.F("new__state")),
        func=f"""
                    IF NOT EXISTS (
                        SELECT FROM {steps} WHERE {column} = NEW.id
                        AND from_state = OLD.state AND to_state = NEW.state
                        AND id = (SELECT max(id) FROM {steps} WHERE {column} = NEW.id)
                    ) THEN
                        RAISE EXCEPTION '{what} comes to a state by a step alone';
                    END IF;
                    RETURN NEW;
                """,  # noqa: S608  the names are the project's own
    )


def together(*columns: str) -> models.Q:
    """The condition that a moment and its person are both said or both unsaid."""
    unsaid, said = models.Q(), models.Q()
    for column in columns:
        unsaid &= models.Q((f"{column}__isnull", True))
        said &= models.Q((f"{column}__isnull", False))
    return unsaid | said


class Event(models.Model):
    """Somebody read or changed something. Ids and no foreign keys: an event outlives what it tells of."""

    at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    actor_id = models.BigIntegerField(null=True)
    role = models.CharField(max_length=20)
    ip = models.GenericIPAddressField(null=True)
    door = models.CharField(max_length=80, blank=True)
    verb = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=40, blank=True)
    object_id = models.CharField(max_length=40, blank=True)
    patient_ids = ArrayField(models.BigIntegerField(), default=list)
    detail = models.JSONField(default=dict)

    class Meta:
        triggers = append_only()
        indexes = [
            models.Index(fields=["-id", "verb"]),
            models.Index(fields=["at", "id"], name="event_moment"),
            models.Index(fields=["actor_id", "-id"]),
            GinIndex(fields=["patient_ids"], name="event_patients"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb}"
