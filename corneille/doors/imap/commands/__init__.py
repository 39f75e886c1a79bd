"""Which function obeys which command, and when it may come (RFC 9051 §3)."""

from collections.abc import Awaitable, Callable
from enum import Enum, auto

from corneille.doors.imap.commands import (
    acl,
    append,
    authenticate,
    cancel_update,
    capability,
    close,
    compress,
    copy,
    create,
    delete,
    enable,
    expunge,
    fetch,
    identify,
    idle,
    list,
    login,
    logout,
    metadata,
    move,
    namespace,
    noop,
    notify,
    quota,
    rename,
    replace,
    search,
    select,
    sort,
    starttls,
    status,
    store,
    subscribe,
    thread,
)
from corneille.doors.imap.session import Session
from corneille.wire.imap.parse import Command

Handler = Callable[[Session, Command], Awaitable[str]]
"""Obeys one command and returns the text after the tagged OK; raises No, Bad, Bye or a Refusal."""


class State(Enum):
    """In which a command may come."""

    ANY = auto()
    STRANGER = auto()
    SIGNED_IN = auto()
    SELECTED = auto()


HANDLERS: dict[str, tuple[Handler, State]] = {
    "CAPABILITY": (capability.tell_capabilities, State.ANY),
    "NOOP": (noop.do_nothing, State.ANY),
    "LOGOUT": (logout.log_out, State.ANY),
    "ID": (identify.identify, State.ANY),
    "STARTTLS": (starttls.start_tls, State.STRANGER),
    "LOGIN": (login.log_in, State.STRANGER),
    "AUTHENTICATE": (authenticate.authenticate, State.STRANGER),
    "COMPRESS": (compress.compress, State.SIGNED_IN),
    "ENABLE": (enable.enable, State.SIGNED_IN),
    "SELECT": (select.select, State.SIGNED_IN),
    "EXAMINE": (select.select, State.SIGNED_IN),
    "CREATE": (create.create, State.SIGNED_IN),
    "DELETE": (delete.delete, State.SIGNED_IN),
    "RENAME": (rename.rename, State.SIGNED_IN),
    "SUBSCRIBE": (subscribe.subscribe, State.SIGNED_IN),
    "UNSUBSCRIBE": (subscribe.subscribe, State.SIGNED_IN),
    "LIST": (list.list_mailboxes, State.SIGNED_IN),
    "LSUB": (list.list_subscribed, State.SIGNED_IN),
    "NAMESPACE": (namespace.tell_namespaces, State.SIGNED_IN),
    "STATUS": (status.tell_status, State.SIGNED_IN),
    "APPEND": (append.append, State.SIGNED_IN),
    "IDLE": (idle.idle, State.SIGNED_IN),
    "NOTIFY": (notify.notify, State.SIGNED_IN),
    "MYRIGHTS": (acl.tell_my_rights, State.SIGNED_IN),
    "GETACL": (acl.get_acl, State.SIGNED_IN),
    "LISTRIGHTS": (acl.refuse, State.SIGNED_IN),
    "SETACL": (acl.refuse, State.SIGNED_IN),
    "DELETEACL": (acl.refuse, State.SIGNED_IN),
    "GETQUOTA": (quota.get_quota, State.SIGNED_IN),
    "GETQUOTAROOT": (quota.get_quota_root, State.SIGNED_IN),
    "SETQUOTA": (quota.set_quota, State.SIGNED_IN),
    "GETMETADATA": (metadata.get_metadata, State.SIGNED_IN),
    "SETMETADATA": (metadata.set_metadata, State.SIGNED_IN),
    "CHECK": (noop.do_nothing, State.SELECTED),
    "CLOSE": (close.close, State.SELECTED),
    "UNSELECT": (close.unselect, State.SELECTED),
    "EXPUNGE": (expunge.expunge, State.SELECTED),
    "SEARCH": (search.search, State.SELECTED),
    "SORT": (sort.sort, State.SELECTED),
    "CANCELUPDATE": (cancel_update.cancel_update, State.SELECTED),
    "THREAD": (thread.thread, State.SELECTED),
    "FETCH": (fetch.fetch, State.SELECTED),
    "STORE": (store.store, State.SELECTED),
    "REPLACE": (replace.replace, State.SELECTED),
    "COPY": (copy.copy, State.SELECTED),
    "MOVE": (move.move, State.SELECTED),
}
