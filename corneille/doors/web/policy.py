"""What Django is told about the web door: its apps, the order of its middleware, its security headers.

`run/django_settings` only copies these: they are decisions of this door.
"""

from csp.constants import NONE, SELF

WEB_APPS = [
    "corneille.doors.web.kit",
    "corneille.doors.web.portal",
    "corneille.doors.web.help",
    "corneille.doors.web.sso",
    "corneille.doors.web.mail",
    "corneille.doors.web.security",
    "corneille.doors.web.support",
    "corneille.doors.web.privacy",
    "corneille.doors.web.calendar",
    "corneille.doors.web.groups",
    "corneille.doors.web.classes",
    "corneille.doors.web.documents",
]

WEB_MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "corneille.doors.web.middleware.PermissionsPolicy",
    # Outside everything that may answer, so that refusals of CSRF and of bad requests carry the header too.
    "csp.middleware.CSPMiddleware",
    "corneille.doors.web.setup.names.LookedFor",
    "corneille.doors.web.middleware.StaticFiles",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "corneille.doors.web.middleware.Presence",
    # After the session and the account, which may both name a language.
    "corneille.doors.web.middleware.Language",
    "corneille.doors.web.steps.Steps",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "corneille.doors.web.middleware.Answers",
]

CONTEXT_PROCESSORS = [
    "django.template.context_processors.request",
    "django.contrib.messages.context_processors.messages",
    "corneille.doors.web.site.site",
]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope",
        "magnetometer", "microphone", "midi", "payment", "usb", "xr-spatial-tracking",
    )
)  # fmt: skip

HSTS_S = 365 * 24 * 3600
