from django.apps import AppConfig


class WindowConfig(AppConfig):
    name = "referrals.window"
