"""The names of this site's cookies. `__Host-` makes the browser insist on Secure, Path=/ and no Domain."""

SESSION_COOKIE = "__Host-corneille_session"
CSRF_COOKIE = "__Host-corneille_csrf"
DEVICE_COOKIE = "__Host-corneille_device"
LANGUAGE_COOKIE = "__Host-corneille_language"
DISPLAY_COOKIE = "__Host-corneille_display"

YEAR_S = 365 * 24 * 3600
DEVICE_AGE_S = 2 * YEAR_S
"""A known device stays known if it comes once in this time; Chromium keeps no cookie beyond 400 days."""
