from django.http import HttpRequest

from .models import Clinic

_last_known = Clinic(id=1, name="", phone="")


def clinic(_request: HttpRequest) -> dict[str, object]:
    """The clinic whose name and numbers stand on every page."""
    global _last_known
    _last_known = Clinic.current()
    return {"clinic": _last_known}


def last_known() -> dict[str, str]:
    """The clinic's name and numbers as this process last showed them: for the page that has no database."""
    return {"name": _last_known.name, "phone": _last_known.phone, "urgent_phone": _last_known.emergency_phone}
