"""The IMAP door: RFC 9051, RFC 3501 and the extensions that `capability` announces.

`server` accepts, `connection` holds the socket, `dispatch` turns frames into commands, `session` knows who is there and
what is selected, `selected` is the client's picture of a mailbox, `commands/<word>` obeys one command.
"""
