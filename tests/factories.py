"""Made-up people for tests: plain rows, as an administrator or a first visit would leave them."""

from datetime import date
from itertools import count

from allauth.mfa.totp.internal.auth import TOTP

from clinic.audit.actor import Actor
from clinic.people.models import Clinic, Location, Patient, Role, User
from clinic.record.actions import open_case
from clinic.record.models import Case

_number = count(1)


def a_clinic() -> Clinic:
    return Clinic.objects.get_or_create(id=1, defaults={"name": "Test Spine Clinic", "phone": "555 0100"})[0]


def a_location(name: str = "Main Street") -> Location:
    return Location.objects.get_or_create(name=name, defaults={"phone": "555 0101"})[0]


SECOND_FACTOR_KEY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def a_user(role: str = Role.PATIENT, second_factor: bool = True, **fields: object) -> User:
    """Somebody who signs in; staff with a second factor, without which they see nothing."""
    n = next(_number)
    user = User(email=f"{role}{n}@example.org", name=f"Test {role.title()} {n}", role=role)
    for name, value in fields.items():
        setattr(user, name, value)
    user.set_password("a password for tests")
    user.save()
    if user.is_staff_member and second_factor:
        TOTP.activate(user, SECOND_FACTOR_KEY)
    return user


def a_patient(user: User | None = None, **fields: object) -> Patient:
    n = next(_number)
    defaults = {
        "given_name": "Test Patient",
        "family_name": f"Alder{n}",
        "birth_date": date(1974, 3, 9),
        "phone": "555 0123",
        "home_location": a_location(),
    }
    return Patient.objects.create(user=user, **(defaults | fields))


def actor(user: User | None) -> Actor:
    return Actor(user_id=user.pk, role=user.role, ip="192.0.2.1", door="test") if user else Actor()


def a_case(patient: Patient | None = None, by: User | None = None) -> Case:
    patient = patient or a_patient(a_user())
    return open_case(patient=patient, by=actor(by or patient.user))
