from importlib import import_module

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "education.library"

    def ready(self) -> None:
        import_module("education.library.uploads")  # which keeps what readers see from being deleted
