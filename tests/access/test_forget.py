from datetime import timedelta

from corneille.access.forget import forget_wrong_secrets
from corneille.access.models import WrongSecret

from .conftest import NOW, Try


def test_no_trace_of_a_wrong_secret_is_kept_longer_than_a_day(attempt: Try) -> None:
    attempt("wrong 1")
    attempt.later(hours=5)("wrong 2")
    assert forget_wrong_secrets(NOW + timedelta(hours=23)) == 0
    assert forget_wrong_secrets(NOW + timedelta(hours=25)) == 1
    assert forget_wrong_secrets(NOW + timedelta(hours=30)) == 1
    assert WrongSecret.objects.count() == 0
