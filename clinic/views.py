from django.db import connection
from django.http import HttpRequest, HttpResponse

from clinic.people.doors import EVERYBODY, opens_to


@opens_to(EVERYBODY)
def health_live(_request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


@opens_to(EVERYBODY)
def health_ready(_request: HttpRequest) -> HttpResponse:
    """The database answers too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")
