from django.apps import AppConfig


class ReadingConfig(AppConfig):
    name = "education.reading"
