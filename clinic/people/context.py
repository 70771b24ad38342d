from django.utils.functional import SimpleLazyObject

from .models import Clinic, Location
from .parking import unclaimed
from .request import Request

_last_known = Clinic(id=1, name="", phone="")


def clinic(_request: Request) -> dict[str, object]:
    """The clinic whose name and numbers stand on every page, and its locations for the foot of patients' pages."""
    global _last_known
    _last_known = Clinic.current()
    return {"clinic": _last_known, "locations": SimpleLazyObject(lambda: list(Location.objects.filter(active=True)))}


def kept(request: Request) -> dict[str, object]:
    """What was typed on this page before a session ended, if no form has taken it up."""
    return {"kept": SimpleLazyObject(lambda: unclaimed(request))}


def last_known() -> dict[str, str]:
    """The clinic's name and numbers as this process last showed them: for the page that has no database."""
    return {"name": _last_known.name, "phone": _last_known.phone, "urgent_phone": _last_known.emergency_phone}
