"""A process that writes to a list for ever and says on stdout what was accepted, until it is killed."""

import sys
from pathlib import Path

from corneille.run.ground import open_ground


def main() -> None:
    open_ground(Path(sys.argv[1]), slot=1)
    from corneille.kernel.ids import AccountId
    from corneille.transport.submit import submit
    from corneille.transport.values import Envelope
    from tests.transport.school import NOW, letter

    account, address, group = AccountId(int(sys.argv[2])), sys.argv[3], sys.argv[4]
    number = 0
    while True:
        number += 1
        content = letter(f"lettre {number}", sender=address, Message_ID=f"<{number}@x>")
        submit(account, Envelope(address, (group,)), content, NOW).result()
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
