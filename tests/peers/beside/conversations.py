"""What is said to both servers about changes, of mailboxes and of messages."""

from tests.peers.beside.steps import Step

_LETTER = (
    b"From: Marie <marie@ac-exemple.example>\r\nSubject: %d\r\nDate: Mon, 2 Feb 2026 08:00:00 +0100\r\n\r\nBonjour.\r\n"
)


def _append(who: str, mailbox: str, number: int, flags: str = "") -> Step:
    return who, f'APPEND {mailbox} ({flags}) " 2-Feb-2026 08:00:00 +0100" {{}}', _LETTER % number


CHANGES: list[Step] = [
    ("a", "CREATE Vie"), ("a", "CREATE Vie"), ("a", "STATUS Vie (MESSAGES UIDNEXT UNSEEN SIZE)"),
    *(_append("a", "Vie", number, flags) for number, flags in enumerate(("", "\\Seen", "\\Flagged $Ecole", "", "\\Draft",
    ""))),
    _append("a", "Inconnue", 9), ("a", "STATUS Vie (MESSAGES UIDNEXT UNSEEN SIZE UIDVALIDITY)"), ("a",
    "STATUS Inconnue (MESSAGES)"),
    ("a", "SELECT Inconnue"), ("a", "SELECT Vie"), ("b", "EXAMINE Vie"), ("a", "FETCH 1:* (UID FLAGS INTERNALDATE)"),
    # Flags
    ("a", "STORE 1 +FLAGS (\\Flagged Ecole)"), ("b", "NOOP"), ("b", "FETCH 1 FLAGS"), ("b", "STORE 1 +FLAGS (\\Seen)"),
    ("a", "STORE 2:3 +FLAGS.SILENT (\\Deleted)"), ("a", "UID STORE 4 +FLAGS ($Forwarded)"), ("a",
    "STORE 1 -FLAGS (Ecole)"),
    ("a", "STORE 1 FLAGS ()"), ("a", "STORE 5 +FLAGS (\\Recent)"), ("a", "STORE 5 +FLAGS (\\Autre)"), ("a",
    "STORE 99 +FLAGS (\\Seen)"),
    ("a", "UID STORE 99 +FLAGS (\\Seen)"), ("a", "STORE 1 +FLAGS"), ("b", "NOOP"), ("a", "FETCH 4 BODY[TEXT]"), ("b",
    "NOOP"),
    # Expunge, across two sessions
    ("a", "UID EXPUNGE 2"), ("b", "FETCH 1:* UID"), ("b", "NOOP"), ("a", "EXPUNGE"), ("b", "UID FETCH 1:* UID"), ("b",
    "NOOP"),
    ("b", "EXPUNGE"), ("a", "FETCH 1:* (UID FLAGS)"), ("a", "FETCH 9 UID"), ("a", "UID FETCH 2 UID"),
    # Copies
    ("a", "COPY 1:2 Autre"), ("a", "CREATE Autre"), ("a", "COPY 1:2 Autre"), ("a", "UID COPY 1,4 Autre"), ("a",
    "UID COPY 99 Autre"),
    ("a", "MOVE 1 Autre"), ("b", "NOOP"), ("a", "UID MOVE 99 Autre"), ("a", "MOVE 99 Autre"), ("a", "COPY 1 Vie"), ("a",
    "NOOP"),
    ("a", "STATUS Autre (MESSAGES UIDNEXT UNSEEN SIZE)"),
    # Unasked literals, several messages at once
    ("a", "APPEND Vie {6+}\r\nA: b\r\n"), ("a", "NOOP"), ("b", "NOOP"),
    # Leaving
    ("a", "STORE 1 +FLAGS (\\Deleted)"), ("a", "UNSELECT"), ("a", "FETCH 1 FLAGS"), ("a", "SELECT Vie"), ("a", "CLOSE"),
    ("a", "SELECT Vie"), ("a", "FETCH 1:* (UID FLAGS)"), ("b", "CLOSE"), ("a", "EXAMINE Autre"), ("a", "EXPUNGE"), ("a",
    "SELECT Vie"),
    # What cannot be
    ("a", "FETCH 0 FLAGS"), ("a", "FETCH 1 (FOO)"), ("a", "SEARCH FOO"), ("a", "SELECT"), ("a", "FOO"), ("a", "UID"),
    ("a", "UID FOO 1"),
    ("a", "FETCH 1:* BODY[FOO]"), ("a", "SEARCH SINCE hier"), ("a", "SORT (FOO) UTF-8 ALL"), ("a",
    "THREAD FOO UTF-8 ALL"),
    ("a", "SEARCH CHARSET KOI8-X ALL"), ("a", "STORE 1 FOO (\\Seen)"), ("a", "COPY 1"), ("a", "LOGIN a b"), ("a",
    "STATUS Vie (FOO)"),
    ("a", "STATUS Vie ()"), ("a", "ENABLE"), ("a", "ENABLE FOO"), ("b", "EXAMINE Vie"), ("b", "MOVE 1 Autre"),
]  # fmt: skip

MODSEQS: list[Step] = [
    ("a", "CREATE Suite"), *(_append("a", "Suite", number) for number in range(8)), ("a", "SELECT Suite (CONDSTORE)"),
    ("a", "FETCH 1:2 (FLAGS MODSEQ)"), ("a", "STORE 1 +FLAGS (\\Seen)"), ("a", "STATUS Suite (HIGHESTMODSEQ)"),
    ("a", "STORE 2 (UNCHANGEDSINCE {modseq}) +FLAGS (\\Flagged)"), ("a", "STORE 1:3 (UNCHANGEDSINCE 1) +FLAGS (\\Draft)"),
    ("a", "UID STORE 1:3 (UNCHANGEDSINCE 1) +FLAGS (\\Draft)"), ("a",
    "STORE 2 (UNCHANGEDSINCE {modseq}) +FLAGS.SILENT (\\Answered)"),
    ("a", "FETCH 1:* (FLAGS) (CHANGEDSINCE {modseq})"), ("a", "UID FETCH 1:* (UID) (CHANGEDSINCE {modseq})"),
    ("a", "SEARCH MODSEQ {modseq}"), ("a", "SEARCH RETURN (ALL) MODSEQ {modseq}"), ("a", "STATUS Suite (HIGHESTMODSEQ)"),
    ("a", "SEARCH MODSEQ {modseq}"), ("a", "FETCH 1:* (FLAGS) (CHANGEDSINCE {modseq})"), ("a",
    "STORE 1 (UNCHANGEDSINCE 0) +FLAGS (\\Seen)"),
    ("a", "FETCH 1:* (FLAGS) (CHANGEDSINCE {modseq} VANISHED)"), ("a",
    "UID FETCH 1:* (FLAGS) (CHANGEDSINCE {modseq} VANISHED)"),
    # QRESYNC, from another session
    ("q", "ENABLE QRESYNC"), ("q", "SELECT Suite"), ("q", "UNSELECT"), ("q", "STATUS Suite (UIDVALIDITY HIGHESTMODSEQ)"),
    ("a", "STORE 3:5 +FLAGS (\\Deleted)"), ("a", "EXPUNGE"), ("a", "STORE 1 -FLAGS (\\Draft)"), _append("a", "Suite", 10),
    ("q", "SELECT Suite (QRESYNC ({validity} {modseq}))"), ("q", "UNSELECT"),
    ("q", "SELECT Suite (QRESYNC ({validity} {modseq} 2:4))"), ("q", "UNSELECT"),
    ("q", "SELECT Suite (QRESYNC (1 {modseq}))"), ("q", "UID FETCH 1:* (FLAGS) (CHANGEDSINCE 1 VANISHED)"),
    ("a", "STORE 2 +FLAGS (\\Deleted)"), ("a", "EXPUNGE"), ("q", "NOOP"), ("q", "STORE 1 +FLAGS (\\Deleted)"), ("q",
    "EXPUNGE"),
    ("q", "UID EXPUNGE 1:*"), ("q", "STORE 1 +FLAGS (\\Deleted)"), ("q", "UID EXPUNGE 1:*"), ("q", "CLOSE"),
    ("q", "SELECT Suite"), ("q", "CREATE Loin"), ("q", "MOVE 1 Loin"), ("q", "SELECT Loin"), ("q", "FETCH 1:* (FLAGS)"),
]  # fmt: skip

RESULTS: list[Step] = [
    ("a", "CREATE Choix"), *(_append("a", "Choix", number, "\\Seen" if number % 3 else "") for number in range(10)), ("a",
    "SELECT Choix"),
    *(("a", f"{uid}SEARCH RETURN ({what}) {key}") for uid in ("", "UID ") for what in ("", "ALL", "MIN", "MAX", "COUNT",
    "MIN MAX COUNT ALL")
      for key in ("SEEN", "UNSEEN", "DELETED")),
    ("a", "SEARCH RETURN (SAVE) UNSEEN"), ("a", "FETCH $ UID"), ("a", "SEARCH $ 4:*"), ("a",
    "UID SEARCH RETURN (SAVE COUNT) SEEN"),
    ("a", "UID FETCH $ FLAGS"), ("a", "SEARCH RETURN (SAVE MIN MAX) ALL"), ("a", "FETCH $ UID"), ("a", "SEARCH NOT $"),
    ("a", "SEARCH RETURN (FOO) ALL"), ("a", "SEARCH RETURN (SAVE) FOO"), ("a", "FETCH $ UID"), ("a",
    "SEARCH RETURN (SAVE) DELETED"),
    ("a", "FETCH $ UID"), ("a", "STORE $ +FLAGS (\\Seen)"), ("a",
    "SORT RETURN (MIN MAX COUNT ALL) (REVERSE ARRIVAL) UTF-8 SEEN"),
    ("a", "UID SORT RETURN (ALL) (SUBJECT) UTF-8 ALL"), ("a", "SORT (SUBJECT) UTF-8 DELETED"), ("a",
    "THREAD REFERENCES UTF-8 DELETED"),
    ("a", "UID THREAD ORDEREDSUBJECT UTF-8 SEEN"), ("a", "UID SORT (REVERSE SUBJECT) US-ASCII UNSEEN"),
]  # fmt: skip

MAILBOXES: list[Step] = [
    *(("a", f"CREATE {name}") for name in ("Travail", "Travail/2026", "Travail/2026/Mars", "Travail/Projets",
    "Archives", '"Deux mots"', "&AMk-cole", "INBOX", "Seul")),
    ("a", "CREATE Rang/Un/Deux"), ("a", "CREATE Fin/"), ("a", 'LIST "" Rang*'), ("a", 'LIST "" Fin*'), ("a",
    "CREATE &bad-"), ("a", "CREATE a//b"), ("a", 'CREATE ""'), ("a", "LIST \"\" \"\""), ("a", 'LIST "" INBOX'),
    ("a", 'LIST "" inbox'),
    *(("a", f'LIST "{reference}" {pattern}') for reference, pattern in (
        ("", "Travail*"), ("", "Travail/%"), ("Travail/", "%"), ("Travail/2026", "*"), ("", "%/2026"), ("", "T%l"), ("",
        "travail"),
        ("", '"Deux*"'), ("", "&AMk-*"), ("", "Rien*"), ("Travail", "/2026"),
    )),
    ("a", "SUBSCRIBE Travail/2026/Mars"), ("a", "SUBSCRIBE Seul"), ("a", "SUBSCRIBE Inconnu"), ("a",
    "UNSUBSCRIBE Inconnu"),
    ("a", "UNSUBSCRIBE Travail"), ("a", "UNSUBSCRIBE Travail/2026"), ("a", "UNSUBSCRIBE Travail/Projets"),
    ("a", 'LSUB "" Travail*'), ("a", 'LSUB "" Travail/%'), ("a", 'LSUB "" Seul'),
    *(("a", f'LIST {before}"" {pattern}{after}') for before, pattern, after in (
        ("(SUBSCRIBED) ", "Travail*", ""), ("", "Travail*", " RETURN (SUBSCRIBED)"), ("", "Travail*",
        " RETURN (CHILDREN)"),
        ("(SUBSCRIBED RECURSIVEMATCH) ", "Travail%", ""), ("(SUBSCRIBED RECURSIVEMATCH) ", "Travail%",
        " RETURN (CHILDREN)"),
        ("(RECURSIVEMATCH) ", "*", ""), ("", "(Seul Travail/%)", ""), ("", "(Seul Travail/% Seu%)", " RETURN (CHILDREN)"),
        ("(SUBSCRIBED) ", "(Seul Travail*)", " RETURN (CHILDREN SUBSCRIBED)"), ("(REMOTE) ", "Seul", ""), ("(FOO) ",
        "Seul", ""),
        ("", "Travail*", " RETURN (STATUS (MESSAGES UIDNEXT UNSEEN))"), ("", "Travail*", " RETURN (FOO)"), ("() ", "Seul",
        " RETURN ()"),
    )),
    ("a", "RENAME Travail/2026 Archives/2026"), ("a", 'LIST "" Travail*'), ("a", 'LIST "" Archives*'),
    ("a", 'LSUB "" *Mars'),
    ("a", "RENAME Inconnu Ailleurs"), ("a", "RENAME Seul Travail"), ("a", "DELETE Travail"), ("a", 'LIST "" Travail*'),
    ("a", "SELECT Travail"),
    ("a", "DELETE Travail/Projets"), ("a", "DELETE Inconnu"), ("a", "DELETE INBOX"), ("a", "CREATE Travail"), ("a",
    "SELECT Seul"), ("b", "DELETE Seul"),
    ("b", 'LIST "" Seul'), ("b", "STATUS Seul (MESSAGES)"), _append("b", "INBOX", 1), ("b", "RENAME INBOX Ancien"), ("b",
    "STATUS Ancien (MESSAGES)"),
    ("b", "STATUS INBOX (MESSAGES)"), ("b", "NAMESPACE"),
]  # fmt: skip
