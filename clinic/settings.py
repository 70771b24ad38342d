"""Every setting once: defaults for a laptop, environment overrides, loud failure when production lacks a secret."""

import os
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from psycopg.conninfo import conninfo_to_dict

from clinic.database import POOL, STATEMENT_TIMEOUT

BASE_DIR = Path(__file__).resolve().parent.parent
STATE_DIR = Path(os.environ.get("CLINIC_STATE_DIR", BASE_DIR / ".run"))


def flag(name: str) -> bool:
    return os.environ.get(name, "").lower() in {"1", "true", "yes"}


PRODUCTION = flag("CLINIC_PRODUCTION")
DEMO = flag("CLINIC_DEMO")
if PRODUCTION and DEMO:
    raise ImproperlyConfigured("CLINIC_DEMO offers one-click sign-in: production refuses to start with it.")


def from_environment(name: str, otherwise: str) -> str:
    """The value of an environment variable; production must say it, a laptop gets a default."""
    value = os.environ.get(name)
    if value:
        return value
    if PRODUCTION:
        raise ImproperlyConfigured(f"{name} must be set in production.")
    return otherwise


DEBUG = False
# Earlier secret keys still open what they closed: the keys of authenticator apps.
SECRET_KEY_FALLBACKS = os.environ.get("CLINIC_EARLIER_SECRET_KEYS", "").split()
SECRET_KEY = from_environment("CLINIC_SECRET_KEY", "a-laptop-is-no-place-for-secrets-" + "0" * 32)
ALLOWED_HOSTS = from_environment("CLINIC_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{host.lstrip('.')}" for host in ALLOWED_HOSTS if PRODUCTION]
# Links in mails are written by the worker, which has no request to take the address from.
PUBLIC_ADDRESS = from_environment("CLINIC_PUBLIC_ADDRESS", "http://127.0.0.1:8000").rstrip("/")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_htmx",
    "pgtrigger",
    "procrastinate.contrib.django",
    "template_partials",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.frontend_cache",
    "wagtail.contrib.redirects",
    "wagtail.images",
    "wagtail.documents",
    "wagtail.snippets",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "clinic",
    "clinic.audit",
    "clinic.people",
    "clinic.post",
    "clinic.directory",
    "clinic.record",
    "clinic.policies",
    "clinic.outside",
    "education.library",
    "education.upkeep",
    "education.finding",
    "education.reading",
    "clinic.intake",
    "clinic.repeats",
    "clinic.candidacy",
    "clinic.authorization",
    "clinic.treatment.pathway",
    "clinic.treatment.procedure",
    "clinic.treatment.checkins",
    "clinic.treatment.course",
    "referrals.loop",
    "referrals.outgoing",
    "referrals.faxes",
    "referrals.incoming",
    "referrals.window",
    "referrals.reminders",
    "referrals.work",
    "referrals.measures",
    "clinic.outcomes",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "clinic.outage.OutageMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "clinic.people.middleware.IdleMiddleware",
    "clinic.people.middleware.LanguageMiddleware",
    "clinic.people.middleware.LocalTimeMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "clinic.people.middleware.ActorMiddleware",
    "clinic.people.middleware.DoorMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "clinic.urls"
WSGI_APPLICATION = "clinic.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "clinic.people.context.clinic",
                "clinic.rail.rail",
                "clinic.people.context.kept",
            ],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"

# How far "today" is moved, in days: for the demo and for journeys through a year; never in production.
CLOCK_SHIFT = timedelta(days=0 if PRODUCTION else float(os.environ.get("CLINIC_CLOCK_SHIFT_DAYS", "0")))


def database(url: str) -> dict[str, object]:
    """Django's settings for a PostgreSQL address such as postgresql://user:secret@/clinic?host=/run/pg."""
    parts = conninfo_to_dict(url)
    options = f"-c statement_timeout={STATEMENT_TIMEOUT} -c lock_timeout={STATEMENT_TIMEOUT}"
    options += " -c pg_trgm.word_similarity_threshold=0.45"  # a letter wrong in a name of five is still found
    if CLOCK_SHIFT:
        options += f" -c clinic.shift={CLOCK_SHIFT.total_seconds():.0f}s"
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.get("dbname", "clinic"),
        "USER": parts.get("user", ""),
        "PASSWORD": parts.get("password", ""),
        "HOST": parts.get("host", ""),
        "PORT": parts.get("port", ""),
        "ATOMIC_REQUESTS": False,
        "CONN_HEALTH_CHECKS": True,
        "CONN_MAX_AGE": 0,  # the pool keeps connections; any other value fails at the first query
        "OPTIONS": {
            "connect_timeout": 3,
            "options": options,
            "sslmode": parts.get("sslmode", "prefer"),
            "pool": POOL,
        },
    }


DATABASES = {"default": database(from_environment("DATABASE_URL", "postgresql://127.0.0.1:5432/clinic"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Sign-in limits must hold across processes, so they live in the database.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    "pages": {  # published pages of the library, shared by all processes, so that publishing empties it for all
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "page_cache",
    },
}

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

ACCOUNT_ADAPTER = "clinic.people.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]  # without a password here the sign-in form asks for none
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation that was opened has proved the address
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_FORMS = {
    "login": "clinic.people.forms.signing_in.PasswordForm",
    "reauthenticate": "clinic.people.forms.signing_in.ConfirmPasswordForm",
    "reset_password": "clinic.people.adapters.ResetPasswordForm",
    "reset_password_from_key": "clinic.people.forms.signing_in.NewPasswordForm",
}
# How many proxies of ours stand before the server: the address of a client is what the outermost of them saw.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("CLINIC_PROXIES", "0"))
MFA_ADAPTER = "clinic.people.adapters.MFAAdapter"
MFA_FORMS = {
    "authenticate": "clinic.people.forms.signing_in.SecondStepForm",
    "reauthenticate": "clinic.people.forms.signing_in.ConfirmSecondStepForm",
    "activate_totp": "clinic.people.forms.signing_in.AppForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION

STAFF_IDLE = timedelta(minutes=int(os.environ.get("CLINIC_STAFF_IDLE_MINUTES", "30")))
PATIENT_IDLE = timedelta(hours=int(os.environ.get("CLINIC_PATIENT_IDLE_HOURS", "12")))
DESK_IDLE = timedelta(minutes=int(os.environ.get("CLINIC_DESK_IDLE_MINUTES", "20")))
# Longer than any idleness: a session that ended still says whose it was, so that what they typed waits for them.
SESSION_COOKIE_AGE = 14 * 24 * 3600
LOGIN_URL, LOGIN_REDIRECT_URL = "people:sign_in", "home"
CSRF_FAILURE_VIEW = "clinic.people.views.signing_in.not_taken"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # Bootstrap draws its form marks from data addresses
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = STATE_DIR / "static"
MEDIA_ROOT = STATE_DIR / "media"
PICTURES = STATE_DIR / "pictures"
FAX_FOLDER = Path(os.environ.get("CLINIC_FAX_FOLDER") or STATE_DIR / "faxes")  # where the scanner puts what came
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "pictures": {  # of the library's pages: made anew from what was uploaded, and public
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": PICTURES, "base_url": "/pictures/"},
    },
    "staticfiles": {
        # Compressing all that the CMS brings takes longer than the demo, which serves its own machine, ever wins by it.
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
        if DEMO
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not (PRODUCTION or DEMO)
UPLOAD_LIMIT = 20 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = [
    "clinic.record.uploads.LimitedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FILES = 10
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024  # so that words that are too long get an answer, not a bare error

EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if PRODUCTION
    else "django.core.mail.backends.dummy.EmailBackend"  # the demo's outbox page shows the mail instead
)
OUTBOX = "clinic.post.backend.Outbox"  # where mail is written; EMAIL_BACKEND above is how the worker sends it
EMAIL_HOST = from_environment("CLINIC_MAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("CLINIC_MAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("CLINIC_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("CLINIC_MAIL_PASSWORD", "")
EMAIL_USE_TLS = True
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = from_environment("CLINIC_MAIL_FROM", "clinic@example.org")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"discreet": {"()": "clinic.logs.Discreet"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "discreet"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}

# The library of education. Nobody may publish but by the workflow, which a clinician ends (education.library).
WAGTAIL_SITE_NAME = "Library"
WAGTAILADMIN_BASE_URL = PUBLIC_ADDRESS
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False  # a translation waits for its own approval
WAGTAILADMIN_PERMITTED_LANGUAGES = [("en", "English")]  # staff pages are English
WAGTAILADMIN_LOGIN_URL = "/sign-in/"
WAGTAIL_PASSWORD_RESET_ENABLED = WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_ENABLE_UPDATE_CHECK = WAGTAIL_ENABLE_WHATS_NEW_BANNER = False  # both would ask a third party
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_MODERATION_ENABLED = False
WAGTAILADMIN_COMMENTS_ENABLED = False  # they would be mailed past the outbox; a clinician's words stand with the review
WAGTAIL_FINISH_WORKFLOW_ACTION = "education.library.approved.publish"
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]  # an SVG may carry a script
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 25_000_000
WAGTAILIMAGES_RENDITION_STORAGE = "pictures"
WAGTAILIMAGES_IMAGE_FORM_BASE = "education.library.uploads.PictureForm"
WAGTAILDOCS_EXTENSIONS = ["mp4", "pdf", "vtt", "webm"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "education.library.uploads.FilmForm"
WAGTAILFRONTENDCACHE = {"pages": {"BACKEND": "education.library.cache.Shelf"}}
