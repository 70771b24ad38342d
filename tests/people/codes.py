"""What a person does with their mail and their phone, for the tests of signing in."""

import re
import time

from allauth.mfa.totp.internal import auth
from django.test import Client

from clinic.people.models import User
from clinic.post.models import Message
from tests.factories import SECOND_FACTOR_KEY


def newest_mail(to: str) -> Message:
    return Message.objects.filter(to=to).latest("id")


def code_in_mail(to: str) -> str:
    found = re.search(r"^\d{6}$", newest_mail(to).body, re.MULTILINE)
    assert found, newest_mail(to).body
    return found.group()


def path_in_mail(to: str) -> str:
    found = re.search(r"http://[^/]+(/\S+)", newest_mail(to).body)
    assert found, newest_mail(to).body
    return found.group(1)


def ask(client: Client, email: str, after: str = "/"):
    return client.post("/sign-in/", {"email": email, "next": after})


def sign_in_by_code(client: Client, email: str, after: str = "/"):
    ask(client, email, after)
    return client.post("/sign-in/code/", {"code": code_in_mail(email)})


def app_code(key: str = SECOND_FACTOR_KEY, steps: int = 0) -> str:
    """What the authenticator app shows; `steps` half minutes from now."""
    return auth.format_hotp_value(auth.hotp_value(key, int(time.time()) // 30 + steps))


def sign_in_staff(client: Client, user: User, after: str = ""):
    client.post("/staff/sign-in/", {"login": user.email, "password": "a password for tests", "next": after})
    return client.post("/staff/sign-in/second-step/", {"code": app_code()})
