"""Browsers in which somebody is signed in already."""

from django.test import Client

from clinic.people.models import Role, User
from tests.factories import a_clinic, a_user


def as_user(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def as_role(role: str = Role.COORDINATOR) -> tuple[Client, User]:
    a_clinic()
    user = a_user(role)
    return as_user(user), user
