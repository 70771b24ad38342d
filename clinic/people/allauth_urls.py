"""The pages of allauth that we open, each with its door; its own names, because it looks for them. No others exist."""

from collections.abc import Callable
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path, re_path

from .doors import EVERYBODY, STAFF, before_second_factor, opens_to

everybody = opens_to(EVERYBODY)
staff = opens_to(STAFF)


def setting_up(view: Callable[..., Any]) -> Callable[..., Any]:
    """Staff open these before they have a second factor, to set one up."""
    return before_second_factor(staff(view))


urlpatterns = [
    path("sign-in/", everybody(account.login), name="account_login"),
    path("sign-in/second-step/", everybody(mfa.authenticate), name="mfa_authenticate"),
    path("password/", everybody(account.password_reset), name="account_reset_password"),
    path("password/sent/", everybody(account.password_reset_done), name="account_reset_password_done"),
    re_path(
        r"^password/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        everybody(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/done/", everybody(account.password_reset_from_key_done), name="account_reset_password_from_key_done"
    ),
    path("confirm/", setting_up(account.reauthenticate), name="account_reauthenticate"),
    path("confirm/code/", setting_up(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("confirm/passkey/", setting_up(webauthn.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("second-step/", setting_up(mfa.index), name="mfa_index"),
    path("second-step/app/", setting_up(totp.activate_totp), name="mfa_activate_totp"),
    path("second-step/app/remove/", staff(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("second-step/codes/", setting_up(recovery_codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("second-step/codes/new/", staff(recovery_codes.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("second-step/passkeys/", setting_up(webauthn.list_webauthn), name="mfa_list_webauthn"),
    path("second-step/passkeys/add/", setting_up(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path("second-step/passkeys/<int:pk>/remove/", staff(webauthn.remove_webauthn), name="mfa_remove_webauthn"),
    path("second-step/passkeys/<int:pk>/name/", staff(webauthn.edit_webauthn), name="mfa_edit_webauthn"),
]
