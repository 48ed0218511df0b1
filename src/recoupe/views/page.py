"""The brief as one web page that needs nothing else, and as Markdown. Templates hold no logic but loops; all text is escaped."""

from __future__ import annotations

import re
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from recoupe import __version__
from recoupe.views.lines import Brief
from recoupe.views.quotes import Quote
from recoupe.views.safe import visible

MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~])")
LIST_START = re.compile(r"^(\s*)([-+]|\d+\.)(?=\s)")


def to_html(brief: Brief) -> str:
    """A whole page, with its style in it and no script."""
    return _environment().get_template("brief.html.j2").render(brief=brief, say=brief.say, version=__version__)


def to_markdown(brief: Brief) -> str:
    """CommonMark."""
    text = _environment().get_template("brief.md.j2").render(brief=brief, say=brief.say, version=__version__)
    return re.sub(r"\n{3,}", "\n\n", str(text)).strip()


def plain_markdown(text: str) -> str:
    """Text that Markdown shows as it stands."""
    return LIST_START.sub(r"\1\\\2", MARKDOWN.sub(r"\\\1", " ".join(visible(text).split())))


def quote_markdown(quote: Quote) -> str:
    """A quote on one line, its words in bold within their sentence."""
    before, words, after = (plain_markdown(part) for part in (quote.before, quote.words, quote.after))
    left = f"{before} " if quote.before.endswith(" ") else before
    right = f" {after}" if quote.after.startswith(" ") else after
    printed = ", ".join(map(plain_markdown, (quote.outlet, *quote.also)))
    return f"{left}**{words}**{right} — *{printed}{f', {quote.when}' if quote.when else ''}*"


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("recoupe.views"),
        autoescape=lambda name: bool(name and name.endswith(".html.j2")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(md=plain_markdown, quote=quote_markdown, seen=lambda text: Markup.escape(visible(str(text))))
    return made
