from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "referrals.work"
