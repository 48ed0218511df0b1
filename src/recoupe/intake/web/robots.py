"""What the robots.txt of a site lets a watch do there, as RFC 9309 says: none means all, a broken server means nothing."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from recoupe.errors import UnreadableInput
from recoupe.intake.clean import decode
from recoupe.intake.web.address import absolute, origin_of
from recoupe.intake.web.fetching import Fetching, default_user_agent, fetch

LONGEST = 500_000  # RFC 9309: what lies beyond need not be read


@dataclass
class Robots:
    """The rules of the sites that were met, each asked once."""

    fetching: Fetching
    rules: dict[str, Any] = field(default_factory=dict)
    unreached: dict[str, str] = field(default_factory=dict)

    def allow(self, url: str) -> bool:
        """Whether an address may be fetched."""
        rules = self._rules(origin_of(url))
        return rules is not None and bool(rules.can_fetch(url, self._name))

    def unreachable(self, url: str) -> str | None:
        """Why the site of an address could not be asked for its rules; None where it answered."""
        self._rules(origin := origin_of(url))
        return self.unreached.get(origin)

    def delay(self, url: str) -> float:
        """How many seconds the site asks for between two requests."""
        rules = self._rules(origin_of(url))
        return float(rules.crawl_delay(self._name) or 0) if rules is not None else 0.0

    @property
    def _name(self) -> str:
        return self.fetching.user_agent or default_user_agent()

    def _rules(self, origin: str) -> Any:
        """The parsed rules of a site; None where nothing may be fetched."""
        if origin not in self.rules:
            self.rules[origin] = self._asked(origin)
        return self.rules[origin]

    def _asked(self, origin: str) -> Any:
        from protego import Protego

        try:
            answer = fetch(absolute(origin, "/robots.txt"), replace(self.fetching, longest=LONGEST))
            if answer.status >= 500 or answer.status == 429:
                return None
            text = decode(answer.body)[0] if answer.status == 200 and answer.body.strip() else ""
        except UnreadableInput as error:
            self.unreached[origin] = error.reason
            return None
        return Protego.parse(text)
