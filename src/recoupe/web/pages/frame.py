"""What stands around every page: its title, the way to the others, the reader's language, and who signs judgements."""

from __future__ import annotations

from dataclasses import dataclass

from recoupe import __version__
from recoupe.web.say import Say


@dataclass(frozen=True, slots=True)
class Link:
    """Somewhere to go. here: it is where the reader is."""

    label: str
    href: str
    here: bool = False


@dataclass(frozen=True, slots=True)
class Twin:
    """The same view as data."""

    label: str
    href: str


@dataclass(frozen=True)
class Frame:
    """csrf: what a form sends back; back: this very address; search: where the search field leads, and what it looks through."""

    say: Say
    title: str
    csrf: str
    who: str
    back: str
    nav: tuple[Link, ...] = ()
    languages: tuple[Link, ...] = ()
    search: str = "/search"
    q: str = ""
    twins: tuple[Twin, ...] = ()
    version: str = __version__
