"""What contents being received take of this process's memory: together, and for each account."""

from collections import Counter
from collections.abc import Callable

from corneille.doors.frame.limits import LimitSettings
from corneille.kernel.ids import AccountId
from corneille.kernel.settings import of


class Memory:
    """A count that all conversations of a kind share; it holds nothing itself.

    find_limit  what they may take together, in bytes
    """

    def __init__(self, find_limit: Callable[[], int]) -> None:
        self._find_limit = find_limit
        self._used_bytes = 0
        self._of_account: Counter[AccountId] = Counter()

    def take(self, size_bytes: int, account: AccountId | None) -> bool:
        """Counts; false, and nothing counted, when there would be too much, in all or for this account.

        account  None: nobody has signed in, and each conversation has a bound of its own
        """
        if self._used_bytes + size_bytes > self._find_limit():
            return False
        if account is not None:
            if self._of_account[account] + size_bytes > of(LimitSettings).share_bytes:
                return False
            self._of_account[account] += size_bytes
        self._used_bytes += size_bytes
        return True

    def give_back(self, size_bytes: int, account: AccountId | None) -> None:
        """What was taken for this account is free again."""
        self._used_bytes -= size_bytes
        if account is not None:
            self._of_account[account] -= size_bytes
            if not self._of_account[account]:
                del self._of_account[account]


class Held:
    """What one conversation has taken of it, until it lets all go."""

    __slots__ = ("_memory", "_taken")

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._taken: Counter[AccountId | None] = Counter()  # somebody may sign in by what is held

    def take(self, size_bytes: int, account: AccountId | None) -> bool:
        """Takes more; false, and nothing taken, when there is not so much."""
        if not self._memory.take(size_bytes, account):
            return False
        self._taken[account] += size_bytes
        return True

    def let_go(self) -> None:
        """The contents have gone where they were to go. A second time changes nothing."""
        for account, size_bytes in self._taken.items():
            self._memory.give_back(size_bytes, account)
        self._taken.clear()
