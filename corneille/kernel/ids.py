"""Ids are types, so that one kind is never taken for another."""

from typing import NewType

AccountId = NewType("AccountId", int)
"""What a person signs in with (people)."""

MailAccountId = NewType("MailAccountId", int)
"""All the mail of a person or a position; 1..2**31-1, the upper half of a message's rowid."""

MailboxId = NewType("MailboxId", int)
"""One folder of a mail account; unique in its shard and never given again."""

MessageId = NewType("MessageId", int)
"""One message in one place: `mail account << 32 | number`; never given again."""

Uid = NewType("Uid", int)
"""A message's number in its mailbox (RFC 9051 §2.3.1.1), 1..2**32-1."""

ModSeq = NewType("ModSeq", int)
"""A mail account's modification sequence (RFC 7162 §3.1), 1..2**63-1."""

ThreadId = NewType("ThreadId", int)
"""The conversation that a message belongs to, within its mail account."""

BlobId = NewType("BlobId", str)
"""SHA-256 of the blob, 64 hexadecimal digits."""
