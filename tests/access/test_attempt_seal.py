from corneille.access.attempt_seal import list_altered
from corneille.access.models import SignInAttempt
from corneille.kernel.journal_verify import verify_journal

from .conftest import NOW, PASSWORD, Try


def test_attempts_that_are_whole_are_not_complained_of(attempt: Try) -> None:
    attempt("wrong")
    attempt(PASSWORD)
    assert list(list_altered()) == []
    assert list(verify_journal(NOW)) == []


def test_an_attempt_that_was_changed_or_taken_away_shows(attempt: Try) -> None:
    attempt("wrong")
    attempt(PASSWORD)
    first, second = SignInAttempt.objects.order_by("pk")
    SignInAttempt.objects.filter(pk=first.pk).update(network_address="203.0.113.1")
    assert list(list_altered()) == [f"{first.pk}-{first.pk}"]
    second.delete()
    assert len(list(list_altered())) == 2
