"""The SMTP doors: reception from other servers, LMTP, and submission by our own people.

server      binds a protocol to sockets, counts connections, stops gracefully
connection  one socket: bytes in, bytes out, TLS; nothing else
session     one conversation: its state, one line after another
commands/   what each word does
replies     one table from refusals to replies
"""
