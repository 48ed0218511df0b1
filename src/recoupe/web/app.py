"""The application: pages, API and static files behind one guard."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files
from pathlib import Path

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from recoupe import __version__
from recoupe.errors import RecoupeError
from recoupe.ledger import Ledger
from recoupe.web import api, routes
from recoupe.web.guard import HEADERS, Guard
from recoupe.web.openapi import described
from recoupe.web.problems import Problem, problem_of, wants_data
from recoupe.web.render import frame_of, page
from recoupe.web.served import Served
from recoupe.web.shelf import Shelf


def create_app(served: Served, ledger: Ledger | None = None) -> FastAPI:
    """The application of a ledger, which is opened here where none is given."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        yield
        app.state.shelf.ledger.close()

    app = FastAPI(
        title="Recoupe",
        version=__version__,
        summary="A ledger of news dispatches in which every line is traced to its words",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        lifespan=lifespan,
    )
    app.state.served = served
    app.state.shelf = Shelf(ledger or Ledger(served.ledger))
    app.include_router(api.router, prefix="/api/v1")
    app.include_router(routes.router, include_in_schema=False)
    app.mount("/static", Kept(directory=Path(str(files("recoupe.web") / "static"))), name="static")
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(RecoupeError, _problem)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _failed)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.openapi = lambda: described(app)  # type: ignore[method-assign]
    app.add_middleware(Guard, served=served)
    return app


class Kept(StaticFiles):
    """Files whose address changes with what they hold."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        response = super().file_response(*args, **kwargs)  # type: ignore[arg-type]
        response.headers["cache-control"] = "public, max-age=31536000, immutable"
        return response


def _problem(request: Request, error: Exception) -> Response:
    problem = problem_of(error)
    if wants_data(request):
        return problem.response()
    return page("problem.html.j2", frame_of(request, problem.title), problem, problem.status)


def _failed(request: Request, _error: Exception) -> Response:
    """A fault of ours: answered outside the guard, so with its headers here; the log says more."""
    response = _problem(request, Problem(500, "this should not have happened; the server's log says more"))
    response.headers.update(HEADERS)
    return response


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    response = _problem(request, Problem(error.status_code, f"{error.detail}: {request.method} {request.url.path}"))
    response.headers.update(error.headers or {})
    return response


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    wrong = [{"field": ".".join(map(str, e["loc"][1:])), "reason": e["msg"]} for e in error.errors()]
    detail = "; ".join(f"{one['field']}: {one['reason']}" for one in wrong)
    return _problem(request, Problem(422, detail, errors=wrong))
