"""The HTTP API, version 1: read a text, add dispatches, judge, and every object of the ledger with filters and paging.

Lists are paged by the last id of a page (keyset), so that what is added meanwhile neither repeats nor hides anything. A ledger of
many dispatches is asked for one story at a time. Every error is a problem as RFC 9457 describes it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, Any
from urllib.parse import urlencode

import msgspec
from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from recoupe.errors import InputError
from recoupe.ledger.values import JudgementVerb
from recoupe.web import taking
from recoupe.web.asked import Asked
from recoupe.web.forms import body
from recoupe.web.indexed import Index
from recoupe.web.openapi import answers, page_of, ref
from recoupe.web.problems import Problem, decided, looked_up
from recoupe.web.shelf import Shelf, Told

router = APIRouter(tags=["v1"])
Body = Annotated[bytes, Depends(body)]
Limit = Annotated[int, Query(ge=1, le=500, description="how many at most")]
After = Annotated[str | None, Query(max_length=200, description="where the last page ended")]
Day = Annotated[str | None, Query(description="ISO 8601 day")]
Many = Annotated[list[str] | None, Query(description="one of these values; may be given again")]
STORY = "a story's id, or a dispatch of it; all of a small ledger where not given"
DISPATCH = {
    "type": "object",
    "required": ["text"],
    "properties": {name: {"type": "string"} for name in ("text", "id", *taking.FIELDS)},
}
SENT = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": DISPATCH},
            "application/x-ndjson": {"schema": {"type": "string"}},
            "text/plain": {"schema": {"type": "string"}},
            "text/html": {"schema": {"type": "string"}},
        },
    }
}
VERBS = list(JudgementVerb.__args__)  # type: ignore[attr-defined]
JUDGED = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["verb", "targets", "who"],
                    "properties": {
                        "verb": {"enum": VERBS},
                        "targets": {"type": "array", "items": {"type": "string"}, "minItems": 1},
                        "who": {"type": "string", "minLength": 1},
                        "why": {"type": "string"},
                        "field": {"type": ["string", "null"]},
                        "value": {"type": ["string", "null"]},
                    },
                }
            }
        },
    }
}
ADDED = {
    "type": "object",
    "required": ["added", "there", "refused"],
    "properties": {
        "added": {"type": "array", "items": {"type": "string"}},
        "there": {"type": "array", "items": {"type": "string"}},
        "refused": {"type": "array", "items": {"type": "object"}},
    },
}


class Judging(msgspec.Struct):
    """A judgement as it is sent."""

    verb: JudgementVerb
    targets: list[str]
    who: str
    why: str = ""
    field: str | None = None
    value: str | None = None


def _answer(value: Any, status: int = 200) -> Response:
    return Response(msgspec.json.encode(value), status, media_type="application/json")


def _shelf(request: Request) -> Shelf:
    shelf: Shelf = request.app.state.shelf
    return shelf


@router.post("/read", responses=answers(ref("Reading"), fails=(413, 422)), openapi_extra=SENT)
def read(request: Request, sent: Body, published: Day = None, lang: str | None = None, outlet: str | None = None) -> Response:
    """What a text says. Nothing is kept."""
    found = taking.of_bytes(sent, _given(published, lang, outlet))[0]
    if isinstance(found, InputError):
        raise found
    return _answer(_shelf(request).read(found))


@router.post("/dispatches", status_code=201, responses=answers(ADDED, 201, fails=(413, 422)), openapi_extra=SENT)
def add(request: Request, sent: Body, published: Day = None, lang: str | None = None, outlet: str | None = None) -> Response:
    """Reads one dispatch or many (JSON Lines) and adds them; each that is refused is named. 422 where none could be taken."""
    shelf = _shelf(request)
    added: list[str] = []
    there: list[str] = []
    refused: list[dict[str, str]] = []
    for found in taking.of_bytes(sent, _given(published, lang, outlet)):
        if isinstance(found, InputError):
            refused.append({"reason": found.reason, "place": found.place})
        else:
            (added if shelf.add(found) else there).append(found.id)
    if refused and not added and not there:
        raise Problem(422, "; ".join(one["reason"] for one in refused[:3]), refused=refused[:100])
    return _answer({"added": added, "there": there, "refused": refused}, 201)


@router.get("/dispatches", responses=answers(page_of(ref("Dispatch"))))
def dispatches(
    request: Request, limit: Limit = 50, after: After = None, q: Annotated[str, Query(max_length=200)] = ""
) -> Response:
    """Dispatches, the newest first; with `q`, those that hold all these words, best first, on one page."""
    ledger = _shelf(request).ledger
    if q.strip():
        return _answer({"items": ledger.find(q, limit=limit), "next": None})
    found, last = ledger.page(after=after, limit=limit)
    return _answer({"items": found, "next": _next(request, last)})


@router.get("/dispatches/{dispatch}", responses=answers(ref("Reading")))
def dispatch(request: Request, dispatch: str) -> Response:
    """A dispatch's reading, by its id, the start of one, or its ref, with what people corrected."""
    return _answer(_shelf(request).reading(dispatch))


@router.get("/explain/{id_:path}", responses=answers(ref("Explanation")))
def explain(request: Request, id_: str, story: Annotated[str | None, Query(description=STORY)] = None) -> Response:
    """What an id stands for, its words, rules and reasons; also of `dispatch/item`."""
    from recoupe.ledger.explain import explain as explained

    shelf = _shelf(request)
    with looked_up():
        return _answer(explained(id_, lambda: shelf.story(story or "all").view, shelf.reading))


@router.get("/stories", responses=answers(page_of(ref("Story"))))
def stories(request: Request, limit: Annotated[int, Query(ge=1, le=20)] = 8) -> Response:
    """The stories of the newest dispatches."""
    found = _shelf(request).latest_stories(limit)
    return _answer({"items": [told.view.stories[0] for told in found], "next": None})


@router.get("/stories/{story}", responses=answers(ref("LedgerView")))
def story(request: Request, story: str, as_of: Day = None) -> Response:
    """All that the ledger says of a story."""
    return _answer(_shelf(request).story(story, _day(as_of)).view)


@router.post("/judgements", status_code=201, responses=answers(ref("Judgement"), 201), openapi_extra=JUDGED)
def judge(request: Request, sent: Body) -> Response:
    """Keeps what a person decided."""
    try:
        made = msgspec.json.decode(sent, type=Judging)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Problem(422, str(error)) from error
    if not made.who.strip():
        raise Problem(422, "who: every judgement is signed")
    with decided():
        kept = _shelf(request).ledger.judge(
            made.verb, *made.targets, who=made.who.strip(), why=made.why, field=made.field, value=made.value
        )
    return _answer(kept, 201)


@router.get("/judgements", responses=answers(page_of(ref("Judgement"))))
def judgements(request: Request, limit: Limit = 50, after: After = None) -> Response:
    """Every judgement, those that were undone too."""
    return _paged(request, {j.id: j for j in _shelf(request).ledger.judgements()}, limit, after)


def _listed(name: str, schema: str, chosen: Callable[[Told], Mapping[str, Any]], said: str) -> None:
    """The routes of one kind of object: a list with filters, and each by its id."""

    def objects(
        request: Request,
        story: Annotated[str | None, Query(description=STORY)] = None,
        since: Annotated[str | None, Query(alias="from", description="ISO 8601 day")] = None,
        until: Annotated[str | None, Query(alias="to", description="ISO 8601 day")] = None,
        as_of: Day = None,
        actor: Many = None,
        place: Many = None,
        type: Many = None,
        status: Many = None,
        modality: Many = None,
        outlet: Many = None,
        lang: Many = None,
        q: Annotated[str, Query(max_length=200)] = "",
        about: Annotated[str | None, Query(description="the id of an object: only what concerns it")] = None,
        limit: Limit = 50,
        after: After = None,
    ) -> Response:
        asked = Asked.of(request.query_params)
        shelf = _shelf(request)
        told = shelf.story(story or "all", asked.as_of)
        index = shelf.kept(("index", told.name, asked.as_of), lambda: Index(told))
        return _paged(request, chosen(index.narrowed(asked)), limit, after)

    def one(request: Request, id_: str, story: Annotated[str | None, Query(description=STORY)] = None) -> Response:
        known = chosen(_shelf(request).story(story or "all"))
        if id_ not in known:
            raise Problem(404, f"there is no {id_!r} among the {name}")
        return _answer(known[id_])

    objects.__doc__, one.__doc__ = said, f"One of the {name}, by its id."
    router.add_api_route(f"/{name}", objects, name=name, responses=answers(page_of(ref(schema))), methods=["GET"])
    if name != "relations":
        path = f"/{name}/{{id_:path}}" if name == "statements" else f"/{name}/{{id_}}"
        router.add_api_route(path, one, name=f"one of {name}", responses=answers(ref(schema)), methods=["GET"])


def _by_id(values: Iterable[Any]) -> dict[str, Any]:
    return {value.id: value for value in values}


def _statements(told: Told) -> dict[str, Any]:
    return {f"{d.id}/{s.id}": {"id": f"{d.id}/{s.id}", "dispatch": d.id, "statement": s} for d, s in told.said}


_listed("occurrences", "Occurrence", lambda t: _by_id(t.view.occurrences), "Events, each as told by one dispatch or more.")
_listed("series", "Series", lambda t: _by_id(t.view.series), "Figures over time.")
_listed("commitments", "Commitment", lambda t: _by_id(t.view.commitments), "What was announced, and what came of it.")
_listed("disagreements", "Disagreement", lambda t: _by_id(t.view.disagreements), "Values that cannot all be right.")
_listed("copies", "Copy", lambda t: _by_id(t.view.copies), "Dispatches that are one copy.")
_listed("ties", "Tie", lambda t: _by_id(t.view.ties), "Mentions of one person, state or group across dispatches.")
_listed("statements", "ToldStatement", _statements, "Who said what, copies folded.")
_listed(
    "relations",
    "Relation",
    lambda t: {f"{r.a}/{r.b}/{r.week}/{r.events[0]}": r for r in t.view.relations},
    "What pairs of states and groups did to each other, week by week.",
)


def _paged(request: Request, values: Mapping[str, Any], limit: int, after: str | None) -> Response:
    """One page of objects in the order of their ids."""
    names = [name for name in sorted(values) if after is None or name > after]
    last = names[limit - 1] if len(names) > limit else None
    return _answer({"items": [values[name] for name in names[:limit]], "next": _next(request, last)})


def _next(request: Request, last: str | None) -> str | None:
    if last is None:
        return None
    kept = [(k, v) for k, v in request.query_params.multi_items() if k != "after"]
    return f"{request.url.path}?{urlencode([*kept, ('after', last)])}"


def _day(text: str | None) -> str | None:
    from starlette.datastructures import QueryParams

    return Asked.of(QueryParams([("as_of", text)])).as_of if text else None


def _given(published: str | None, lang: str | None, outlet: str | None) -> dict[str, str]:
    return {name: value for name, value in (("published", published), ("lang", lang), ("outlet", outlet)) if value}
