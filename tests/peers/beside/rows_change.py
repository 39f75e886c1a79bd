"""Changes of messages and mailboxes: where ours differs from Dovecot's, and why ours stays as it is."""

from typing import Any

from tests.peers.beside.difference import Row


def _differ_by_code(ours: Any, theirs: Any) -> bool:
    """The same but for a response code that Dovecot does not give."""
    return theirs[1] is None and (ours[0], ours[2]) == (theirs[0], theirs[2])


def _differ_by_children(ours: Any, theirs: Any) -> bool:
    """The same but for \\HasChildren and \\HasNoChildren, which ours tells unasked."""
    return ours[:2] == theirs[:2] and _without_children(ours[2]) == _without_children(theirs[2])


def _without_children(responses: Any) -> list[Any]:
    kept = [
        (each[0], sorted(set(each[1]) - {"\\HASCHILDREN", "\\HASNOCHILDREN"}), *each[2:]) if each[0] == "LIST" else each
        for each in responses
    ]
    return sorted(kept, key=repr)


CODES = Row(
    ".: (STATUS|SELECT|SUBSCRIBE|DELETE) .*", "*", "RFC 5530 §3",
    "Ours says why with a code: NONEXISTENT, or CANNOT for INBOX; Dovecot says it in words.", _differ_by_code,
)  # fmt: skip

CHANGES = [
    CODES,
    Row(
        "b: (STORE|EXPUNGE|MOVE).*|a: EXPUNGE", "*", "RFC 9051 §6.3.3",
        "EXAMINE lets nothing change: ours refuses with READ-ONLY; Dovecot says OK to what it does not do, and MOVE does move.",
        lambda ours, theirs: ours == ("NO", ("READ-ONLY",), ()) and theirs[0] == "OK",
    ),
    Row(
        r"a: STORE 5 \+FLAGS \(\\Recent\)", "*", "RFC 9051 §2.3.2",
        r"\Recent is no flag that a client may set: ours passes over it, Dovecot refuses the command.",
    ),
    Row(r"a: STORE 1 \+FLAGS", "*", "RFC 9051 §9 (store-att-flags)", "STORE without flags is no command; Dovecot takes it."),
    Row(
        "b: FETCH 1:\\* UID", "*", "RFC 5530 §3 (EXPUNGEISSUED), RFC 2180 §4.1",
        "A message that another session has expunged: ours gives the others and says so; Dovecot still knows its UID.",
    ),
    Row(
        "b: UID FETCH 1:\\* UID", "*", "RFC 9051 §6.4.9, RFC 2180 §4.1",
        "The same by UID: ours leaves out what has gone, and EXPUNGE follows.",
    ),
    Row("a: SELECT", "*", "RFC 9051 §6.3.2", "A SELECT that is no command leaves the mailbox open; Dovecot closes it."),
    Row(
        "a: SEARCH CHARSET KOI8-X ALL", "*", "RFC 9051 §6.4.4", "An unknown charset is NO with those that are known; Dovecot says BAD.",
    ),
    Row(
        "a: ENABLE( FOO)?", "*", "RFC 5161 §3.1, §4",
        "ENABLE names one capability at least, and ENABLED answers even when nothing was; Dovecot takes the first and leaves out the second.",
    ),
]  # fmt: skip

MODSEQS = [
    Row(
        "a: STATUS Suite .*", "*", "RFC 9051 §6.3.11",
        "STATUS of the selected mailbox is allowed; Dovecot calls it a mistake of the client (CLIENTBUG).",
    ),
    Row(
        "a: STORE 1 -FLAGS .*", "*", "RFC 9051 §6.4.6",
        "STORE without .SILENT tells the flags also where nothing changed; Dovecot says nothing.",
    ),
]  # fmt: skip

MAILBOXES = [
    CODES,
    Row("a: CREATE INBOX", "*", "RFC 9051 §6.3.4", "CREATE of INBOX is an error; Dovecot says OK while INBOX has never had a message."),
    Row(
        'a: LIST "" Rang\\*', "*", "RFC 9051 §6.3.4",
        "The names above a new one are created as mailboxes too, as the server should; Dovecot leaves them without.",
    ),
    Row(
        'a: LIST "" Fin\\*', "*", "RFC 9051 §6.3.4",
        "A name that ends with the delimiter makes the mailbox; Dovecot makes a level that cannot be selected.",
    ),
    Row("a: CREATE &bad-", "*", "RFC 3501 §5.1.3", "A name that is no modified UTF-7 is refused; Dovecot takes it."),
    Row(
        'a: LIST "Travail" /2026', "*", "RFC 9051 §6.3.9",
        "How reference and pattern join is the server's: ours puts one behind the other, Dovecot takes a leading delimiter for the root.",
    ),
    Row(
        "a: LIST .*", "*", "RFC 5258 §3.2 (CHILDREN), RFC 9051 §7.3.1",
        "An extended LIST may tell whether there are children without being asked.", _differ_by_children,
    ),
    Row(
        'a: LSUB "" \\*Mars', "*", "RFC 3501 §6.3.9",
        "A subscribed name without a mailbox is shown as \\Noselect; Dovecot shows it as if it were there.",
    ),
    Row(
        'a: LIST "" Travail\\*', "*", "RFC 9051 §7.3.1",
        "A deleted mailbox with children is \\NonExistent; Dovecot says \\Noselect alone.",
    ),
]  # fmt: skip

ROWS: dict[str, list[Row]] = {"CHANGES": CHANGES, "MODSEQS": MODSEQS, "RESULTS": [], "MAILBOXES": MAILBOXES}
