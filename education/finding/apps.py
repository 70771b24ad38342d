from django.apps import AppConfig


class FindingConfig(AppConfig):
    name = "education.finding"
