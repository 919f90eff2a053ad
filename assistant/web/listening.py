"""Opens the socket that a server listens on, or says clearly why it cannot be."""

import errno
import os
import socket
from typing import Any

from assistant.errors import UsageError
from assistant.web.plan import Place

_BACKLOG = 128

_REASONS = {
    errno.EADDRINUSE: (
        "another program already listens there",
        "name another port with --port, or --port 0 for any that is free.",
    ),
    errno.EADDRNOTAVAIL: (
        "that is no address of this computer",
        "name one of its own with --host, or leave --host out.",
    ),
    errno.EACCES: (
        "this system keeps that port for others",
        "name a port from 1024 on with --port.",
    ),
}
"""Why a port cannot be had, and what to do about it."""


def listen(host: str, port: int) -> tuple[socket.socket, Place]:
    """Give a listening socket and where that is; port 0 takes any that is free.

    Raises `UsageError` where the host is unknown or the port cannot be had.
    """
    family, address = _resolved(host, port)
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name == "posix":  # elsewhere it would let two programs share a port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(_BACKLOG)
    except OSError as error:
        listening.close()
        raise _refused(error, host, port) from None
    return listening, Place(host, str(address[0]), listening.getsockname()[1])


def _resolved(host: str, port: int) -> tuple[socket.AddressFamily, tuple[Any, ...]]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError):
        raise UsageError(
            "The assistant cannot be served: nothing here is called so.",
            where=f"--host {host!r}",
            mend="name this computer as others on the network do, or leave --host out.",
        ) from None
    return found[0][0], found[0][4]


def _refused(error: OSError, host: str, port: int) -> UsageError:
    otherwise = (error.strerror or "the system refused", "name another port with --port.")
    why, mend = _REASONS.get(error.errno or 0, otherwise)
    return UsageError(
        f"The assistant cannot be served: {why}.", where=f"{host}, port {port}", mend=mend
    )
