"""Templates to HTML. Everything is escaped; words of dispatches are also freed of characters that would turn or hide a line."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.resources import files
from urllib.parse import unquote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from recoupe.views.phrases import LANGUAGES
from recoupe.views.safe import visible
from recoupe.web.pages.frame import Frame, Link, Twin
from recoupe.web.say import Say, preferred, say
from recoupe.web.served import Served

LANGUAGE, WHO = "recoupe_lang", "recoupe_who"


def saying(request: Request) -> Say:
    """What pages say to this reader."""
    return say(preferred(request.cookies.get(LANGUAGE), request.headers.get("accept-language", "")))


def frame_of(
    request: Request,
    title: str,
    *,
    story: str = "",
    here: str = "",
    twins: tuple[Twin, ...] = (),
    q: str = "",
) -> Frame:
    """What stands around a page. story: the one that it is of; here: which of its views."""
    told = saying(request)
    back = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    own = f"/stories/{story}" if story else ""
    nav = [Link(told("Stories"), "/", here == "home"), Link(told("Read"), "/read", here == "read")]
    if own:
        nav += [
            Link(told("Story"), own, here == "story"),
            Link(told("Sources"), f"{own}/sources", here == "sources"),
            Link(told("Review"), f"{own}/review", here == "review"),
        ]
    languages = tuple(
        Link(say(code).phrases.table["name"], f"/language/{code}?{_next(back)}", code == told.lang) for code in LANGUAGES
    )
    served: Served = request.app.state.served
    return Frame(
        say=told,
        title=title,
        csrf=served.signed(request.state.session),
        who=unquote(request.cookies.get(WHO, "")),
        back=back,
        nav=tuple(nav),
        languages=languages,
        search=own if here == "story" else "/search",
        q=q,
        twins=twins,
    )


def page(template: str, frame: Frame, view: object, status: int = 200) -> HTMLResponse:
    """The page of a dataclass."""
    made = environment(frame.say.lang).get_template(template)
    return HTMLResponse(made.render(frame=frame, page=view, say=frame.say, phrases=frame.say.phrases), status)


@cache
def environment(lang: str) -> Environment:
    """The templates in one language."""
    made = Environment(
        loader=PackageLoader("recoupe.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    told = say(lang)
    made.install_gettext_translations(told.translations, newstyle=True)  # type: ignore[attr-defined]
    made.filters["seen"] = lambda text: Markup.escape(visible(str(text)))
    made.globals["static"] = static
    return made


@cache
def static(name: str) -> str:
    """The address of a file that may be kept for good: it changes with what it holds."""
    data = (files("recoupe.web") / "static" / name).read_bytes()
    return f"/static/{name}?v={sha256(data).hexdigest()[:10]}"


def _next(back: str) -> str:
    return urlencode({"next": back})
