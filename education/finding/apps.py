from importlib import import_module

from django.apps import AppConfig


class FindingConfig(AppConfig):
    name = "education.finding"

    def ready(self) -> None:
        # A page is also published by the clock, which says so by a signal alone.
        import_module("education.finding.published")
