"""Django's settings, made from ours: nothing is configured here that `corneille.toml` should say."""

import secrets
from pathlib import Path

from corneille.doors.web import cookies, policy
from corneille.doors.web.settings import Web
from corneille.kernel import keys
from corneille.kernel.settings import Ground, of
from corneille.sso import toolkit_settings
from corneille.wire.autoconfig.offer import list_looked_for

_ground = of(Ground)
_data = Path(_ground.data)

# Tools that only read the settings (type checks, message extraction) have no key file and need none.
SECRET_KEY = keys.current().newest("django").secret.hex() if keys.is_installed() else secrets.token_hex(32)
DEBUG = False
ALLOWED_HOSTS = [
    _ground.host_name, "localhost", "127.0.0.1", "[::1]", *of(Web).other_host_names, *list_looked_for(_ground.domain),
]  # fmt: skip
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
USE_I18N = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "corneille.doors.web.urls"
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["corneille.doors.web.backend.Sessions"]  # access.sign_in is the only way in
LOGIN_URL = "/connexion"
PASSWORD_HASHERS = ["corneille.sso.secret_hasher.KeyedHasher"]  # for secrets of services; people's are in access

OAUTH2_PROVIDER_APPLICATION_MODEL = "sso.Client"
OAUTH2_PROVIDER = toolkit_settings.make()

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "corneille.kernel",
    "corneille.people",
    "corneille.access",
    "corneille.sso",
    "oauth2_provider",
    "corneille.mail",
    "corneille.groups",
    "corneille.transport",
    "corneille.classes",
    "corneille.documents",
    "corneille.notices",
    "corneille.calendar",
    "corneille.desk",
    "corneille.protection",
    "corneille.support",
    "corneille.privacy",
    *policy.WEB_APPS,
]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(_data / "corneille.sqlite3"),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": 10,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
    }
}

MIDDLEWARE = policy.WEB_MIDDLEWARE

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": policy.CONTEXT_PROCESSORS,
        },
    }
]

SESSION_COOKIE_NAME = cookies.SESSION_COOKIE
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = cookies.CSRF_COOKIE
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "corneille.doors.web.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # never in a cookie of its own
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = policy.HSTS_S
CONTENT_SECURITY_POLICY = policy.CONTENT_SECURITY_POLICY
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

STATIC_URL = "/static/"
STATIC_ROOT = str(_data / "static")
STORAGES = {"staticfiles": {"BACKEND": "corneille.doors.web.static_files.Storage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
LOGGING_CONFIG = None  # run/log configures logging once for every room
