"""The methods, by name."""

from collections.abc import Callable

from corneille.doors.dav.exchange import Reply, Request
from corneille.doors.dav.methods import delete, get, mkcalendar, options, propfind, proppatch, put, report

METHODS: dict[str, Callable[[Request], Reply]] = {
    "OPTIONS": options.options,
    "PROPFIND": propfind.propfind,
    "PROPPATCH": proppatch.proppatch,
    "REPORT": report.report,
    "MKCALENDAR": mkcalendar.mkcalendar,
    "GET": get.get,
    "HEAD": get.get,
    "PUT": put.put,
    "DELETE": delete.delete,
}
