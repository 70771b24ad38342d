"""Verbs of signing in: codes by mail, sessions, and proving once more who one is."""

import secrets
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext, ngettext

from clinic.audit.actions import Refused, record
from clinic.audit.actor import Actor
from clinic.audit.clock import now
from clinic.people import mails
from clinic.people.limits import knock
from clinic.people.models import SignInCode, User
from clinic.people.parking import ENDED_USER, forget_others
from clinic.people.request import Request

CODE_DIGITS = 6
CODE_LASTS = timedelta(minutes=10)
MOST_TRIES = 5
LAST_SEEN = "last_seen"
DESK = "desk"  # this session was begun on the tablet at the desk
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def hashed(secret: str) -> str:
    """What is kept of a code or a private link; keyed, because codes are short."""
    return salted_hmac("clinic.people", secret, algorithm="sha256").hexdigest()


def ask_for_code(*, email: str, language: str, by: Actor) -> SignInCode:
    """Mail a code to an address. Known, unknown and staff addresses cost the same and answer the same.

    Raises:
        limits.TooMany: too many codes were asked for, for this address or from this ip.
    """
    knock("code_from_ip", by.ip)
    knock("code_to_address", email)
    knock("code_to_address_in_a_day", email)
    code = "".join(secrets.choice("0123456789") for _ in range(CODE_DIGITS))
    user = User.objects.filter(email=email).first()
    kind = _kind_of_mail(user)
    # Who may not use a code gets a row all the same, which no code opens.
    opened_by = code if kind == "sign_in_code" else secrets.token_hex()
    with transaction.atomic():
        SignInCode.objects.filter(email=email, used_at=None, expires_at__gt=now()).update(expires_at=now())
        asked = SignInCode.objects.create(
            email=email, code_hash=hashed(opened_by), language=language, expires_at=now() + CODE_LASTS
        )
        record(by=by, verb="code.sent", of=asked)
        context = {"code": code, "link": settings.PUBLIC_ADDRESS, "minutes": CODE_LASTS.seconds // 60}
        mails.send(kind=kind, to=email, language=language, context=context, by=by, user=user)
    return asked


def _kind_of_mail(user: User | None) -> str:
    if user and not user.is_active:
        return "sign_in_closed"
    return "sign_in_staff" if user and user.is_staff_member else "sign_in_code"


def enter_code(*, asked: SignInCode, code: str, by: Actor) -> User:
    """The person to whom the mailed code belongs; an unknown address becomes a patient's.

    Raises:
        Refused: the code is wrong, too old, used, or was tried too often.
    """
    knock("code_tried_from_ip", by.ip)
    with transaction.atomic():
        held = SignInCode.objects.select_for_update().get(pk=asked.pk)
        refusal = _refusal_of_code(held, code)
        if refusal is None:
            held.used_at = now()
            held.save(update_fields=["used_at"])
            user = _user_of(held, by)
            if user.is_active and not user.is_staff_member:
                return user
            # Since the code was mailed they came to work here, or were deactivated.
            refusal = gettext("This code does not work any more. Please ask for a new one.")
        held.save(update_fields=["wrong_tries"])
        record(by=by, verb="code.refused", of=held, detail={"tries": held.wrong_tries})
    raise Refused(refusal)


def _refusal_of_code(asked: SignInCode, code: str) -> str | None:
    if asked.used_at or asked.expires_at <= now() or asked.wrong_tries >= MOST_TRIES:
        return gettext("This code does not work any more. Please ask for a new one.")
    if constant_time_compare(asked.code_hash, hashed(code)):
        return None
    asked.wrong_tries += 1
    left = MOST_TRIES - asked.wrong_tries
    if left == 0:
        return gettext("This code does not work any more. Please ask for a new one.")
    return ngettext(
        "That is not the code we sent. You can try %(left)d more time.",
        "That is not the code we sent. You can try %(left)d more times.",
        left,
    ) % {"left": left}


def _user_of(asked: SignInCode, by: Actor) -> User:
    user, is_new = User.objects.get_or_create(
        email=asked.email, defaults={"language": asked.language, "password": make_password(None)}
    )
    if is_new:
        record(by=by, verb="user.began", of=user)
    return user


def begin_session(*, request: Request, user: User, by: Actor, desk: bool = False) -> None:
    """Sign somebody in, in this browser, after their code, invitation or desk code was found right."""
    if request.user.is_authenticated and request.user.pk != user.pk:
        logout(request)
    login(request, user, backend=BACKEND)
    note_session(request=request, user=user, by=by, desk=desk)


def note_session(*, request: Request, user: User, by: Actor, desk: bool = False) -> None:
    """What every new session starts with; what another person typed or left in this browser is dropped."""
    record(by=_as(user, by), verb="session.began", of=user, detail={"desk": desk})
    forget_others(request, user.pk)
    request.session.set_expiry(None)
    request.session.pop(DESK, None)
    if desk:
        request.session[DESK] = True
    request.session[LAST_SEEN] = now().timestamp()


def note_refused_sign_in(*, by: Actor) -> None:
    """Somebody gave a wrong address or password."""
    record(by=by, verb="session.refused")


def note_changed_sign_in(*, user: User, what: str, by: Actor) -> None:
    """Somebody set up or removed a way of signing in; `what` is a word of allauth's such as "totp_activated"."""
    record(by=by, verb="user.sign_in_changed", of=user, detail={"what": what})


@transaction.atomic
def change_password(*, user: User, password: str, by: Actor) -> None:
    """Set a new password, which ends the person's other sessions."""
    user.set_password(password)
    user.save(update_fields=["password"])
    record(by=by, verb="user.password_changed", of=user)


def _as(user: User, by: Actor) -> Actor:
    return Actor(user_id=user.pk, role=user.role, ip=by.ip, door=by.door)


def end_session(*, request: Request, by: Actor) -> None:
    """Sign out."""
    _end(request, by, "signed_out")


def end_idle_session(*, request: Request, by: Actor) -> None:
    """Sign out somebody who was away too long; the browser remembers whose session it was."""
    ended = request.user.pk
    _end(request, by, "idle")
    request.session[ENDED_USER] = ended


def _end(request: Request, by: Actor, why: str) -> None:
    desk = request.session.get(DESK)
    record(by=by, verb="session.ended", of=request.user, detail={"why": why})
    logout(request)
    if desk:
        request.session[DESK] = True


@transaction.atomic
def choose_language(*, user: User, language: str, by: Actor) -> None:
    """The language in which somebody reads pages and mails."""
    if user.language == language:
        return
    User.objects.filter(pk=user.pk).update(language=language)
    record(by=by, verb="user.language_chosen", of=user, detail={"language": language})


def confirm_identity(*, user: User, secret: str, by: Actor) -> bool:
    """Whether the person at the keyboard is the one who signed in: their password, app code or recovery code.

    Raises:
        limits.TooMany: more than 10 tries in 15 minutes.
    """
    knock("identity_of_user", user.pk)
    return _note_identity(user, by, user.check_password(secret) or _opens_second_factor(user, secret))


def own_password(*, user: User, password: str, by: Actor) -> bool:
    """Whether this is the password of the person who is signed in; limited as `confirm_identity`."""
    knock("identity_of_user", user.pk)
    return _note_identity(user, by, user.check_password(password))


def _note_identity(user: User, by: Actor, right: bool) -> bool:
    record(by=by, verb="identity.confirmed" if right else "identity.refused", of=user)
    return right


def _opens_second_factor(user: User, code: str) -> bool:
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES]
    keys = Authenticator.objects.filter(user=user, type__in=kinds)
    return any(key.wrap().validate_code("".join(code.split())) for key in keys)


@transaction.atomic
def forget_old(*, by: Actor) -> None:
    """Remove sessions that ended and codes of yesterday: nobody asks for them again."""
    sessions, _each = Session.objects.filter(expire_date__lt=now()).delete()
    codes, _each = SignInCode.objects.filter(created_at__lt=now() - timedelta(days=1)).delete()
    record(by=by, verb="sessions.forgotten", detail={"sessions": sessions, "codes": codes})
