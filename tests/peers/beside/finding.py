"""What SEARCH, SORT and THREAD say of a mailbox, message by message."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from tests.doors.imap.conversation import Client
from tests.peers.beside.difference import Difference
from tests.peers.beside.values import Value, parse_fetch, parse_values

Answers = dict[str, Sequence[Value]]

FLAGS = (b"", b"\\Seen", b"\\Flagged", b"\\Answered \\Seen", b"$Ecole", b"\\Deleted", b"\\Draft NonJunk")
HOURS = (b"00:10:00 +0000", b"12:00:00 +0100", b"23:50:00 +0000")

KEYS = """
ALL|ANSWERED|UNANSWERED|DELETED|UNDELETED|DRAFT|UNDRAFT|FLAGGED|UNFLAGGED|SEEN|UNSEEN|KEYWORD $ecole|UNKEYWORD $Ecole
KEYWORD inconnu|2:5,9|*|UID 3:4|UID 9999:*|NOT SEEN|NOT (SEEN FLAGGED)|OR SEEN FLAGGED|OR (SEEN ANSWERED) NOT 1:20
BEFORE 4-Feb-2026|ON 4-Feb-2026|SINCE 4-Feb-2026|SENTBEFORE 3-Feb-2026|SENTON 2-Feb-2026|SENTSINCE 4-Feb-2026
SENTON 17-Nov-2026|NOT SENTSINCE 1-Jan-1980|LARGER 500|SMALLER 260|LARGER 258 SMALLER 300
FROM claire|FROM "Lefebvre"|FROM elodie|FROM "Élodie"|FROM "a@b"|FROM ""|TO bruno|TO "ac-exemple.example"|TO "deux mots"
TO "Profs"|CC claire|CC ""|BCC tous|SUBJECT conseil|SUBJECT "réunion"|SUBJECT "RÉUNION"|SUBJECT "un deux trois"|SUBJECT ""
SUBJECT "été"|SUBJECT "de rentrée"|SUBJECT "=?utf-8?q?"|HEADER Message-ID made.example|HEADER X-Mailer ""
HEADER Subject Conseil
HEADER Content-Type pdf|HEADER References "@made"|HEADER X-None ""|HEADER Received x|BODY bonjour|BODY "réunion à 14"
BODY "Le conseil de classe"|BODY "avant"|BODY "notes.txt"|BODY "--limite"|BODY "R=C3"|TEXT bonjour|TEXT "réunion"
TEXT "claire@ac-exemple.example"|TEXT "filename"|TEXT "text/calendar"|TEXT "é"|BODY "14 h"|BODY ""|TEXT "introuvable"
LARGER 4294967295|SENTBEFORE 1-Jan-1971|YOUNGER 100|OLDER 100|1:5 FLAGGED|MODSEQ 1|UNSEEN UNDELETED NOT KEYWORD $Ecole
"""
ORDERS = (
    "ARRIVAL", "CC", "DATE", "FROM", "SIZE", "SUBJECT", "TO", "REVERSE DATE", "REVERSE SIZE", "REVERSE FROM", "SUBJECT DATE",
    "REVERSE SUBJECT REVERSE DATE", "FROM SUBJECT", "DISPLAYFROM", "DISPLAYTO", "REVERSE ARRIVAL",
)  # fmt: skip
THREADS = ("REFERENCES", "ORDEREDSUBJECT")


def list_keys() -> list[str]:
    return [key for line in KEYS.strip().splitlines() for key in line.split("|")]


def arguments_of(place: int) -> bytes:
    """APPEND's flags and date of the message at a place: the same in both servers."""
    day, hour = place // 3 % 9 + 1, HOURS[place % 3]
    return b'(%b) "%02d-Feb-2026 %b"' % (FLAGS[place % len(FLAGS)], day, hour)


def find_everything(client: Client) -> Answers:
    """Every key, order and kind of thread: command → the numbers, nested for threads."""
    answers: Answers = {}
    commands = [f"SEARCH CHARSET UTF-8 {key}" for key in list_keys()]
    commands += [f"SORT ({order}) UTF-8 ALL" for order in ORDERS]
    commands += [f"THREAD {kind} UTF-8 ALL" for kind in THREADS]
    # A day below ten may have a space or a zero before it (RFC 9051 §9, date-day-fixed).
    dated = [parse_fetch(each)["INTERNALDATE"] for each in client.ok(b"FETCH 1:* INTERNALDATE").untagged]
    answers["INTERNALDATE"] = [str(each).replace("' ", "'0") for each in dated]
    for command in commands:
        name, literals = _with_literals(command)
        untagged = client.ok(name, *literals).untagged
        [response] = [each for each in untagged if each.split()[1].decode() == command.split()[0]]
        values = parse_values(response)[2:]
        answers[command] = [value for value in values if not (isinstance(value, tuple) and value[:1] == ("MODSEQ",))]
    return answers


def _with_literals(command: str) -> tuple[bytes, list[bytes]]:
    """Strings of more than ASCII travel as literals (RFC 9051 §4.3)."""
    pieces = command.split('"')
    literals = [piece.encode() for piece in pieces[1::2] if not piece.isascii()]
    text = "".join(
        "{}" if place % 2 and not piece.isascii() else f'"{piece}"' if place % 2 else piece
        for place, piece in enumerate(pieces)
    )
    return text.encode(), literals


def compare_findings(ours: Answers, theirs: Answers, names: Sequence[str]) -> Iterator[Difference]:
    """SEARCH by message; SORT by who stands elsewhere; THREAD by each message's parent."""
    for command in ours:
        one, other = ours[command], theirs[command]
        match command.split()[0]:
            case "INTERNALDATE":
                for name, mine, yours in zip(names, one, other, strict=True):
                    if mine != yours:
                        yield Difference(command, name, mine, yours)
            case "SEARCH":
                for number in sorted(set(one) ^ set(other)):  # type: ignore[type-var]  # numbers
                    yield Difference(command, names[int(str(number)) - 1], number in one, number in other)
            case "SORT":
                for number in _find_moved(one, other):
                    yield Difference(command, names[int(str(number)) - 1], one.index(number), other.index(number))
            case _:
                above, there = dict(_list_parents(one, names)), dict(_list_parents(other, names))
                for name in names:
                    if above.get(name) != there.get(name):
                        yield Difference(command, name, above.get(name), there.get(name))


def _find_moved(ours: Sequence[Value], theirs: Sequence[Value]) -> set[Value]:
    assert sorted(map(str, ours)) == sorted(map(str, theirs))
    same = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    return set(ours) - {number for block in same for number in ours[block.a : block.a + block.size]}


def _list_parents(tree: Sequence[Value], names: Sequence[str], above: str = "") -> Iterator[tuple[str, str]]:
    """Each message with what it answers; "with …" names the first of those that stand together without a parent."""
    for value in tree:
        if isinstance(value, tuple):
            inside = above
            if not above and isinstance(value[0], tuple):
                inside = f"with {names[_first_number(value) - 1]}"
            yield from _list_parents(value, names, inside)
        else:
            name = names[int(str(value)) - 1]
            yield name, above
            above = name


def _first_number(tree: Value) -> int:
    while isinstance(tree, tuple):
        tree = tree[0]
    return int(str(tree))
