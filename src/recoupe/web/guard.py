"""What every request passes and every answer carries: host, origin, token, and headers that keep a page to itself.

A request for a host name that is not ours is refused (a page elsewhere may point its own name at this machine). One that
changes something must come from our own pages or from a program: browsers say where they come from, programs send no origin.
"""

from __future__ import annotations

import hmac
import secrets
from http.cookies import SimpleCookie
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from recoupe.web.problems import Problem
from recoupe.web.served import Served

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
OPEN = ("/static/", "/unlock")
SESSION = "recoupe_session"
POLICY = "; ".join((
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "connect-src 'self'",
    "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
))  # fmt: skip
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class Guard:
    """The outermost layer of the application."""

    def __init__(self, app: ASGIApp, served: Served) -> None:
        self.app, self.served = app, served

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        cookies = cookies_of(headers)
        session = cookies.get(SESSION) or secrets.token_urlsafe(18)
        scope.setdefault("state", {})["session"] = session
        given = dict(parse_qsl(scope["query_string"].decode("latin-1")))
        fresh = [] if SESSION in cookies else [cookie(SESSION, session)]

        async def answered(message: Message) -> None:
            if message["type"] == "http.response.start":
                out = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    out.setdefault(name, value)
                out.setdefault("cache-control", "no-store")
                for line in fresh:
                    out.append("set-cookie", line)
            await send(message)

        refused = self._refused(scope, headers)
        if refused is None and self.served.token and not scope["path"].startswith(OPEN):
            if scope["method"] in SAFE and self._known(given.get("token", "")):
                await self._unlocked(scope, given)(scope, receive, answered)
                return
            if not self._authorised(headers, cookies):
                if not scope["path"].startswith("/api/") and "text/html" in headers.get("accept", ""):
                    scope["path"] = "/unlock"
                else:
                    refused = Problem(401, "give the token that the server printed, as `Authorization: Bearer TOKEN`")
        if refused is not None:
            await refused.response()(scope, receive, answered)
            return
        await self.app(scope, receive, answered)

    def _refused(self, scope: Scope, headers: Headers) -> Problem | None:
        host = headers.get("host", "")
        if not self.served.answers_to(host):
            return Problem(421, f"this server does not answer to the name {host!r}; start it with --name to allow that")
        if scope["method"] in SAFE:
            return None
        origin = headers.get("origin")
        foreign = origin is not None and urlsplit(origin).netloc != host
        if foreign or headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
            return Problem(403, "a change may be asked for by this server's own pages, or by a program, not by another site")
        return None

    def _authorised(self, headers: Headers, cookies: dict[str, str]) -> bool:
        shown = headers.get("authorization", "").removeprefix("Bearer ")
        return self._known(shown) or hmac.compare_digest(cookies.get(self.key, ""), self.served.signed("token"))

    def _known(self, shown: str) -> bool:
        return bool(self.served.token) and hmac.compare_digest(shown.encode(), (self.served.token or "").encode())

    @property
    def key(self) -> str:
        return token_cookie(self.served)

    def _unlocked(self, scope: Scope, given: dict[str, str]) -> ASGIApp:
        """To the same page, the token kept in a cookie and gone from the address."""
        from starlette.responses import RedirectResponse

        rest = urlencode([(k, v) for k, v in given.items() if k != "token"])
        response = RedirectResponse(scope["path"] + (f"?{rest}" if rest else ""), 303)
        response.headers.append("set-cookie", cookie(self.key, self.served.signed("token")))
        return response


def token_cookie(served: Served) -> str:
    """The cookie of a browser that showed the token; one of its own for each port."""
    return f"recoupe_token_{served.port}"


def cookie(name: str, value: str, days: int = 0) -> str:
    """A Set-Cookie line. days: how long it is kept; until the browser is closed where 0."""
    kept = f"; Max-Age={days * 86_400}" if days else ""
    return f"{name}={value}; Path=/; HttpOnly; SameSite=Strict{kept}"


def cookies_of(headers: Headers) -> dict[str, str]:
    jar: SimpleCookie = SimpleCookie()
    jar.load(headers.get("cookie", ""))
    return {name: morsel.value for name, morsel in jar.items()}
