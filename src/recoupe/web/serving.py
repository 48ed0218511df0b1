"""A server from the command line: a token where others can reach it, an address to open, and an end when it is interrupted."""

from __future__ import annotations

import secrets
import socket
import threading
import webbrowser
from collections.abc import Callable, Iterable

from recoupe.errors import LedgerError, RecoupeError
from recoupe.ledger import Ledger
from recoupe.web.app import create_app
from recoupe.web.served import Served, is_loopback

TOKEN_BYTES = 18


def serve(
    ledger: str,
    *,
    host: str,
    port: int,
    token: str | None,
    names: Iterable[str],
    opens: bool,
    tell: Callable[[str], None],
) -> None:
    """Answers until interrupted. tell: prints a line for the person who started it. Raises RecoupeError where it cannot begin."""
    import uvicorn

    if not ledger:
        raise LedgerError("the ledger's name is empty")
    kept = Ledger(ledger)
    with _listening(host, port) as listening:
        chosen = listening.getsockname()[1]
        shown = token or (None if is_loopback(host) else secrets.token_urlsafe(TOKEN_BYTES))
        served = Served(ledger=ledger, host=host, port=chosen, token=shown, names=frozenset(names))
        tell(f"{ledger}: {served.address}")
        tell("stop with Ctrl-C")
        if opens:
            threading.Timer(0.5, webbrowser.open, [served.address]).start()
        app = create_app(served, kept)
        config = uvicorn.Config(app, log_level="warning", server_header=False, timeout_graceful_shutdown=3)
        uvicorn.Server(config).run(sockets=[listening])


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, port))
    except OSError as error:
        made.close()
        raise RecoupeError(f"{host}:{port}: {error.strerror or error}; choose another with --port") from error
    return made
