"""The ledger as local web pages and an HTTP API: routes → view dataclasses → templates. Nothing outside is ever asked for.

    create_app(Served(ledger="recoupe.db"))     the application, for any ASGI server
    serving.serve("recoupe.db", …)              the same, listening: `recoupe serve`

Each page renders one dataclass of `pages/`, and its CSV and JSON twins are made of the same one. What a dispatch says reaches a
page as text only: templates escape, and marked words are segments, never markup.
"""

from recoupe.web.app import create_app
from recoupe.web.served import Served

__all__ = ["Served", "create_app"]
