"""Pages whose address is a secret."""

from django.http import HttpResponse

ONE_CLICK = "List-Unsubscribe"  # how a mail program's own POST is known (RFC 8058, 3.1)


def private(response: HttpResponse) -> HttpResponse:
    """Kept by no cache, and no other site learns the address; "no-referrer" would make browsers post without the
    origin that Django's protection against forgery asks for."""
    response["Cache-Control"] = "no-store, private"
    response["Referrer-Policy"] = "strict-origin"
    return response
