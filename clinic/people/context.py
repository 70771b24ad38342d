from django.http import HttpRequest

from .models import Clinic


def clinic(request: HttpRequest) -> dict[str, object]:
    """The clinic whose name and numbers stand on every page."""
    return {"clinic": Clinic.current()}
