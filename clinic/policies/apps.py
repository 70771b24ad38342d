from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.module_loading import import_string

from clinic.audit.actor import SYSTEM


class PoliciesConfig(AppConfig):
    name = "clinic.policies"

    def ready(self) -> None:
        post_migrate.connect(take_in_what_ships, sender=self)


def take_in_what_ships(sender: AppConfig, using: str, **_: Any) -> None:
    """After every `migrate`: the sets of this release stand in the database before anybody is weighed by them."""
    tables = {model._meta.db_table for model in sender.get_models()}
    if tables <= set(connections[using].introspection.table_names()):
        import_string("clinic.policies.actions.shipped.take_in_shipped")(by=SYSTEM)
