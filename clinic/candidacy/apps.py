from django.apps import AppConfig


class CandidacyConfig(AppConfig):
    name = "clinic.candidacy"
