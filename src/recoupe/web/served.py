"""What a server is started with, and the secrets that it keeps for as long as it runs."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
from dataclasses import dataclass, field

LOCAL_NAMES = frozenset({"localhost"})


@dataclass(frozen=True, slots=True)
class Served:
    """A ledger's address and who may ask for it.

    token: what a caller must show; None asks for nothing, which is for the loopback interface alone. names: host names that the
    server answers to, besides numeric addresses and localhost. secret: signs forms; new at every start.
    """

    ledger: str
    host: str = "127.0.0.1"
    port: int = 8765
    token: str | None = None
    names: frozenset[str] = frozenset()
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)

    @property
    def address(self) -> str:
        """What a person opens; with the token in it where one is asked for."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}/" + (f"?token={self.token}" if self.token else "")

    def answers_to(self, host: str) -> bool:
        """Is a Host header one of ours? A numeric address is: a page that rebinds a name to us still sends that name."""
        name = host.rsplit(":", 1)[0].strip("[]") if host.count(":") == 1 or "]" in host else host.strip("[]")
        return name in LOCAL_NAMES or name in self.names or name == self.host or _numeric(name)

    def signed(self, words: str) -> str:
        """A keyed hash of words, which no one else can make."""
        return hmac.new(self.secret, words.encode(), hashlib.sha256).hexdigest()


def is_loopback(host: str) -> bool:
    """Can only this machine reach it?"""
    return host in LOCAL_NAMES or (_numeric(host) and ipaddress.ip_address(host.split("%", 1)[0]).is_loopback)


def _numeric(name: str) -> bool:
    try:
        ipaddress.ip_address(name.split("%", 1)[0])
    except ValueError:
        return False
    return True
