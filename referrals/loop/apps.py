from django.apps import AppConfig


class LoopConfig(AppConfig):
    name = "referrals.loop"
