"""A process that delivers from twenty threads and says on stdout what was acknowledged, until it is killed."""

import sys
import threading
from pathlib import Path

from corneille.kernel import wake
from corneille.kernel.ids import MailAccountId
from corneille.mail import store
from corneille.mail.append import Place, deliver
from corneille.mail.store.beginning import begin_mail_account
from corneille.mail.values import Filed, MailAccount
from tests.mail.letter import NOON, letter

ACCOUNTS = 5


def deliver_for_ever(thread: int, round_: str, lock: threading.Lock) -> None:
    number = 0
    while True:
        number += 1
        name = f"{round_}-{thread}-{number}"
        account = MailAccount(MailAccountId(1 + number % ACCOUNTS))
        content = letter(name, "mot " * (number * 37 % 3000), message_id=f"<{name}@x>")
        (outcome,) = deliver(content, [Place(account)], received_at=NOON).result()
        assert isinstance(outcome, Filed)
        with lock:
            sys.stdout.write(f"{account.id} {outcome.id} {name}\n")
            sys.stdout.flush()


def main() -> None:
    data, slot, round_ = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    wake.install(wake.Wake(data / "wake"))
    opened = store.open_store(data / "mail", slot=slot)
    store.install(opened)
    for number in range(1, ACCOUNTS + 1):
        opened.shard(0).submit(
            lambda turn, number=number: begin_mail_account(turn, MailAccountId(number), 10**12)  # type: ignore[misc]
        ).result()
    lock = threading.Lock()
    sys.stdout.write("begun\n")
    sys.stdout.flush()
    for thread in range(20):
        threading.Thread(target=deliver_for_ever, args=(thread, round_, lock), daemon=True).start()
    threading.Event().wait()


if __name__ == "__main__":
    main()
