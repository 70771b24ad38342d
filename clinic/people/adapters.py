"""How allauth, which checks passwords and second factors for staff, says and keeps things as this house does."""

import base64
import hashlib
from typing import Any

from allauth.account import forms
from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from . import mails
from .actions.signing_in import change_password, note_changed_sign_in, note_refused_sign_in, note_session, own_password
from .forms.signing_in import Plain
from .middleware import actor_of
from .models import Clinic, User
from .request import Request

RESET_MAIL = "account/email/password_reset_key"
UNKNOWN_MAIL = "account/email/unknown_account"


class AccountAdapter(DefaultAccountAdapter):
    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Every mail goes through the outbox; what is no reset tells that the way of signing in was changed."""
        kind = {RESET_MAIL: "password_reset", UNKNOWN_MAIL: "password_reset_unknown"}.get(template_prefix)
        by = actor_of(self.request)
        said = {"link": context.get("password_reset_url", settings.PUBLIC_ADDRESS)}
        mails.send(kind=kind or "sign_in_changed", to=email.lower(), language="en", context=said, by=by)

    def send_notification_mail(self, template_prefix: str, user: User, *_args: object, **_more: object) -> None:
        note_changed_sign_in(user=user, what=template_prefix.rpartition("/")[2], by=actor_of(self.request))
        if user.email:
            self.send_mail(template_prefix, user.email, {})

    def get_reset_password_from_key_url(self, key: str) -> str:
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.PUBLIC_ADDRESS + path.replace("UID-KEY", key)

    def login(self, request: Request, user: User) -> None:
        super().login(request, user)
        note_session(request=request, user=user, by=actor_of(request))

    def authentication_failed(self, request: Request, **_credentials: Any) -> None:
        note_refused_sign_in(by=actor_of(request))

    def set_password(self, user: User, password: str) -> None:
        change_password(user=user, password=password, by=actor_of(self.request))

    def reauthenticate(self, user: User, password: str) -> bool:
        return own_password(user=user, password=password, by=actor_of(context.request))

    def respond_user_inactive(self, request: Request, _user: User) -> HttpResponse:
        messages.error(request, self.error_messages["email_password_mismatch"])
        return HttpResponseRedirect(reverse("account_login"))


class ResetPasswordForm(Plain, forms.ResetPasswordForm):
    labels = {"email": "Your e-mail address"}

    users: list[User]

    def clean_email(self) -> str:
        """Patients have no password; their address is answered like one that nobody has."""
        email: str = super().clean_email()
        self.users = [user for user in self.users if user.is_staff_member]
        return email

    def save(self, request: Request, **more: Any) -> str:
        """Mail the link; to an address that nobody of the staff has, a mail that says so."""
        if self.users:
            return str(super().save(request, **more))
        get_adapter(request).send_mail(UNKNOWN_MAIL, self.cleaned_data["email"], {})
        return str(self.cleaned_data["email"])


class MFAAdapter(DefaultMFAAdapter):
    def get_totp_issuer(self) -> str:
        return Clinic.current().name

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        return f"Passkey {Authenticator.objects.filter(user=user, type=type).count() + 1}"

    def _get_site_name(self) -> str:
        return Clinic.current().name

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(encrypted_text.encode()).decode()


def _box() -> MultiFernet:
    """Keys from the secret key; a changed one still opens what its fallbacks closed."""
    secrets = [str(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    digests = (hashlib.sha256(f"clinic.people.mfa {secret}".encode()).digest() for secret in secrets)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
