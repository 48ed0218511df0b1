"""Which address may be connected to. A name is resolved once, every answer is checked, and that very answer is connected to:
a name that answers differently a moment later (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from recoupe.errors import UnreadableInput

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
ADDRESS = re.compile(r"https?://", re.I)
NAT64 = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Target:
    """What is asked of whom. ips: the addresses that were checked; host: the name that a certificate has to bear."""

    scheme: str
    host: str
    port: int
    path: str
    ips: tuple[str, ...]

    @property
    def netloc(self) -> str:
        """Name and port, as a request names its host."""
        named = f"[{self.host}]" if ":" in self.host else self.host
        usual = {"http": 80, "https": 443}[self.scheme]
        return named if self.port == usual else f"{named}:{self.port}"


def is_address(source: str) -> bool:
    """Whether a source is an address of the web, not a path."""
    return bool(ADDRESS.match(source))


def resolved(url: str, *, allow_private: bool) -> Target:
    """The target of an address. Raises UnreadableInput where it is none, its name is not known, or it may not be asked."""
    from urllib3.exceptions import LocationParseError
    from urllib3.util import parse_url

    try:
        parsed = parse_url(url)
    except LocationParseError as error:
        raise UnreadableInput("no address of the web", source=url) from error
    if parsed.scheme not in ("http", "https") or not parsed.host:
        raise UnreadableInput("only http and https addresses are read", source=url)
    if parsed.auth:
        raise UnreadableInput("an address with a user name or a password is not fetched", source=without_auth(url))
    host = parsed.host.strip("[]").partition("%")[0]
    port = parsed.port or {"http": 80, "https": 443}[parsed.scheme]
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise UnreadableInput(f"the name {host!r} is not known", source=url) from error
    ips = list(dict.fromkeys(ipaddress.ip_address(str(answer[4][0]).partition("%")[0]) for answer in answers))
    if not allow_private and not all(is_public(ip) for ip in ips):
        reason = f"{host} is an address inside a private network; to read it all the same: --allow-private"
        raise UnreadableInput(reason, source=url)
    return Target(parsed.scheme, host, port, parsed.request_uri, tuple(map(str, ips)))


def is_public(ip: IPAddress) -> bool:
    """Whether anyone on the internet may have that address; one that stands for another is what that other is."""
    if isinstance(ip, ipaddress.IPv6Address):
        within = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in NAT64:
            within = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if within is not None:
            return is_public(within)
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def absolute(base: str, location: str) -> str:
    """Where a redirect leads."""
    return urljoin(base, location.strip())


def origin_of(url: str) -> str:
    """Scheme, name and port of an address: what robots.txt speaks of."""
    parts = urlsplit(url)
    return f"{parts.scheme.lower()}://{parts.netloc.rpartition('@')[2].lower()}"


def without_auth(url: str) -> str:
    return re.sub(r"//[^/@]*@", "//", url, count=1)
