"""The pages. Each route asks the shelf, makes one dataclass and hands it to its template, or to its twin as data."""

from __future__ import annotations

import hmac
from typing import Annotated, Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from recoupe.ledger.explain import explain
from recoupe.views.phrases import LANGUAGES
from recoupe.web import taking, twins
from recoupe.web.asked import Asked
from recoupe.web.forms import Form, form, own_path
from recoupe.web.guard import cookie, token_cookie
from recoupe.web.indexed import Index
from recoupe.web.pages import home as homes
from recoupe.web.pages.api import api_page as described_page
from recoupe.web.pages.frame import Link, Twin
from recoupe.web.pages.reader import reader_page
from recoupe.web.pages.review import review_page
from recoupe.web.pages.sources import sources_page
from recoupe.web.pages.story import StoryPage, story_page
from recoupe.web.pages.why import judged, object_page
from recoupe.web.problems import Problem, decided, looked_up
from recoupe.web.render import LANGUAGE, WHO, frame_of, page, saying
from recoupe.web.shelf import WHOLE, Shelf, Told

router = APIRouter()
YEAR = 365
FOUND = 50
STORIES = 8
Sent = Annotated[Form, Depends(form)]
TABLES = {
    "timeline": "rows", "figures": "figures", "commitments": "promises", "disagreements": "differences",
    "statements": "speakers", "sources": "sources",
}  # fmt: skip


def shelf_of(request: Request) -> Shelf:
    shelf: Shelf = request.app.state.shelf
    return shelf


def index_of(shelf: Shelf, told: Told, as_of: str | None = None) -> Index:
    return shelf.kept(("index", told.name, as_of), lambda: Index(told))


@router.get("/")
def home(request: Request, after: str | None = None) -> Response:
    """The newest stories and dispatches."""
    shelf, say = shelf_of(request), saying(request)
    dispatches, older = shelf.ledger.page(after=after, limit=FOUND)
    total = len(shelf.ledger)
    stories = shelf.latest_stories(STORIES) if after is None and total <= WHOLE else ()
    view = homes.HomePage(
        ledger=shelf.ledger.address.rsplit("/", 1)[-1],
        total=total,
        total_said=say.phrases.count("dispatches", total),
        stories=tuple(_line(index_of(shelf, told), say) for told in stories),
        dispatches=tuple(homes.taken(d, say) for d in dispatches),
        more=f"/?{_query(after=older)}" if older else "",
    )
    return _shown(request, "home.html.j2", say("Stories"), view, rows=view.dispatches, here="home")


@router.get("/stories/{name}")
def story(request: Request, name: str) -> Response:
    """A story at a glance."""
    shelf, asked = shelf_of(request), Asked.of(request.query_params)
    told = shelf.story(name, asked.as_of)
    view = story_page(told, index_of(shelf, told, asked.as_of), asked, saying(request))
    table = request.query_params.get("table", "timeline")
    if request.query_params.get("format") == "csv" and table not in TABLES:
        raise Problem(422, f"table: one of {', '.join(TABLES)} is expected")
    rows = _table(view, table) if table in TABLES else ()
    return _shown(request, "story.html.j2", view.title, view, rows=rows, story=told.name, here="story", q=asked.q, table=table)


@router.get("/stories/{name}/sources")
def sources(request: Request, name: str) -> Response:
    """Who printed what."""
    shelf, asked, say = shelf_of(request), Asked.of(request.query_params), saying(request)
    told = shelf.story(name, asked.as_of)
    view = sources_page(told, index_of(shelf, told, asked.as_of), asked, say)
    title = f"{say('Sources')} · {view.title}"
    return _shown(request, "sources.html.j2", title, view, rows=view.outlets, story=told.name, here="sources")


@router.get("/stories/{name}/review")
def review(request: Request, name: str) -> Response:
    """What waits to be looked at."""
    shelf, asked, say = shelf_of(request), Asked.of(request.query_params), saying(request)
    told = shelf.story(name)
    view = review_page(told, index_of(shelf, told), asked, say)
    title = f"{say('Review')} · {view.title}"
    return _shown(request, "review.html.j2", title, view, rows=view.cases, story=told.name, here="review")


@router.get("/stories/{name}/{id_}")
def thing(request: Request, name: str, id_: str) -> Response:
    """An object of a story, at its permanent address."""
    shelf = shelf_of(request)
    told = shelf.story(name)
    with looked_up():
        found = explain(id_, lambda: told.view, shelf.reading)
    if found.kind == "dispatch":
        return RedirectResponse(f"/dispatches/{found.id}", 303)
    return _object(request, found, told, id_)


@router.get("/dispatches/{name}")
def dispatch(request: Request, name: str, item: str = "") -> Response:
    """A dispatch with every word that was read in it."""
    shelf, say = shelf_of(request), saying(request)
    reading = shelf.reading(name)
    if reading.dispatch.id != name:
        return RedirectResponse(f"/dispatches/{reading.dispatch.id}", 303)
    told = shelf.story(name)
    listed = {d.id: d for d in told.view.dispatches}
    order = list(listed)
    at = order.index(name)
    same = [c for c in told.view.copies if name in c.dispatches]
    copies = tuple(
        Link(listed[d].outlet or listed[d].agency or d, f"/dispatches/{d}", d == c.first)
        for c in same for d in c.dispatches if d != name
    )  # fmt: skip
    view = reader_page(
        reading,
        say,
        lit=item,
        story=told.name,
        copies=copies,
        around=(order[at - 1] if at else "", order[at + 1] if at + 1 < len(order) else ""),
        judgements=told.view.judgements,
    )
    rows = [claim for group in view.groups for claim in group.claims]
    return _shown(request, "reader.html.j2", view.title_plain, view, rows=rows, story=told.name, here="reader")


@router.get("/dispatches/{name}/{item}")
def claim(request: Request, name: str, item: str) -> Response:
    """An item of a reading, at its permanent address."""
    shelf = shelf_of(request)
    told = shelf.story(name)
    with looked_up():
        found = explain(f"{shelf.reading(name).dispatch.id}/{item}", lambda: told.view, shelf.reading)
    return _object(request, found, told, f"{name}/{item}")


@router.get("/id/{id_:path}")
def anything(request: Request, id_: str) -> Response:
    """Whatever has this id: to its own address."""
    shelf = shelf_of(request)
    with looked_up():
        found = shelf.ledger.explain(id_)
    if found.kind in ("dispatch", "item"):
        return RedirectResponse(f"/dispatches/{found.id}", 303)
    of = found.object.get("story") or (found.id if found.kind == "stories" else "all")
    return RedirectResponse(f"/stories/{of}" + ("" if found.kind == "stories" else f"/{found.id}"), 303)


@router.get("/read")
def read_form(request: Request) -> Response:
    """Where a dispatch is pasted or dropped."""
    say = saying(request)
    return page("read.html.j2", frame_of(request, say("Read a dispatch"), here="read"), None)


@router.post("/read")
def read(request: Request, sent: Sent) -> Response:
    """Reads a dispatch at once; nothing is kept."""
    say = saying(request)
    fields = {name: sent[name] for name in ("text", *taking.FIELDS)}
    reading = shelf_of(request).read(taking.of_form(fields))
    view = reader_page(reading, say, kept=False, draft=fields)
    return page("reader.html.j2", frame_of(request, view.title_plain, here="read"), view)


@router.post("/dispatches")
def add(request: Request, sent: Sent) -> Response:
    """Reads a dispatch and keeps it."""
    taken = taking.of_form({name: sent[name] for name in ("text", *taking.FIELDS)})
    shelf_of(request).add(taken)
    return RedirectResponse(f"/dispatches/{taken.id}", 303)


@router.post("/judgements")
def judge(request: Request, sent: Sent) -> Response:
    """Keeps what a person decided, and goes back to where it was decided."""
    who, say = sent["who"].strip(), saying(request)
    if not who:
        raise Problem(422, say("Say who you are: every judgement is signed."))
    verb: Any = sent["verb"]
    if verb not in ("accept", "reject", "correct", "merge", "split", "tie", "untie", "undo"):
        raise Problem(422, f"verb: {verb!r} is none")
    with decided():
        shelf_of(request).ledger.judge(
            verb,
            *dict.fromkeys(sent.all("target")),
            who=who,
            why=sent["why"].strip(),
            field=sent["field"].strip() or None if verb == "correct" else None,
            value=sent["value"].strip() if verb == "correct" else None,
        )
    response = RedirectResponse(own_path(sent["back"]), 303)
    response.headers.append("set-cookie", cookie(WHO, _cookie_safe(who), YEAR))
    return response


@router.get("/search")
def search(request: Request, q: str = "") -> Response:
    """Dispatches that hold words."""
    shelf, say = shelf_of(request), saying(request)
    found = shelf.ledger.find(q[:200], limit=FOUND) if q.strip() else ()
    rows = tuple(homes.taken(d, say, homes.snippet(d.text, q)) for d in found)
    view = homes.SearchPage(q=q, found=rows, said=say.phrases.count("dispatches", len(rows)), full=len(rows) == FOUND)
    return _shown(request, "search.html.j2", say("Search"), view, rows=rows, here="search", q=q)


@router.get("/language/{code}")
def language(code: str, next: str = "/") -> Response:
    """Keeps the reader's language."""
    if code not in LANGUAGES:
        raise Problem(404, f"{code!r} is no language of this interface")
    response = RedirectResponse(own_path(next), 303)
    response.headers.append("set-cookie", cookie(LANGUAGE, code, YEAR))
    return response


@router.get("/unlock")
def unlock_form(request: Request) -> Response:
    """Where the token is asked for."""
    say = saying(request)
    return page("unlock.html.j2", frame_of(request, say("Token")), None, 401)


@router.post("/unlock")
def unlock(request: Request, sent: Sent) -> Response:
    """Takes the token."""
    served, say = request.app.state.served, saying(request)
    if not served.token or not hmac.compare_digest(sent["token"].encode(), served.token.encode()):
        raise Problem(401, say("That is not the token."))
    response = RedirectResponse(own_path(sent["back"]) if sent["back"] != "/unlock" else "/", 303)
    response.headers.append("set-cookie", cookie(token_cookie(served), served.signed("token")))
    return response


@router.get("/api")
def api_page(request: Request) -> Response:
    """What the HTTP API offers, as its own description says it."""
    return page("api.html.j2", frame_of(request, "API"), described_page(request.app.openapi()))


def _object(request: Request, found: Any, told: Told, asked: str) -> Response:
    shelf, say = shelf_of(request), saying(request)
    index = index_of(shelf, told)
    names = {found.id, *(f"{r['dispatch']}/{r['item']}" for r in found.object.get("reports", ()))}
    rows = judged(told.view.judgements, say, *names)
    view = object_page(
        found,
        shelf.reading,
        say,
        judgements=rows,
        story=told.name,
        story_title=index.brief(say.lang).title,
        title=index.title(found.id, say.lang),
        asked=asked,
    )
    return _shown(
        request,
        "object.html.j2",
        view.title,
        view,
        rows=[c for g in view.groups for c in g.cited],
        story=told.name,
        here="object",
    )


def _shown(
    request: Request,
    template: str,
    title: str,
    view: object,
    *,
    rows: Any,
    story: str = "",
    here: str = "",
    q: str = "",
    table: str = "",
) -> Response:
    """A page, or its twin where the address asks for one."""
    form = request.query_params.get("format", "html")
    if form == "json":
        return twins.as_json(view)
    if form == "csv":
        return twins.as_csv(rows, table or here or "recoupe")
    if form != "html":
        raise Problem(422, "format: html, json or csv is expected")
    say = saying(request)
    links = [Twin("JSON", f"{_with(request, format='json')}")]
    if here == "story":
        labels = {
            "timeline": say("events"), "figures": say("figures"), "commitments": say("commitments"),
            "disagreements": say("disagreements"), "statements": say("statements"), "sources": say("dispatches"),
        }  # fmt: skip
        links += [Twin(f"CSV: {label}", _with(request, format="csv", table=name)) for name, label in labels.items()]
    else:
        links.append(Twin("CSV", _with(request, format="csv")))
    return page(template, frame_of(request, title, story=story, here=here, twins=tuple(links), q=q), view)


def _table(view: StoryPage, table: str) -> Any:
    return getattr(view, TABLES[table])


def _with(request: Request, **changes: str) -> str:
    return str(request.url.include_query_params(**changes).replace(scheme="", netloc=""))


def _line(index: Index, say: Any) -> homes.Told:
    brief, view = index.brief(say.lang), index.told.view
    return homes.Told(
        id=index.told.name,
        title=brief.title,
        period=brief.period,
        counts=brief.counts,
        stands=brief.headline[:2],
        bars=homes.bars(d.published for d in view.dispatches),
    )


def _query(**values: str) -> str:
    return urlencode(values)


def _cookie_safe(name: str) -> str:
    return quote(name[:80])
