"""Measures how fast the web pages answer on a large ledger, which `bench/scale.py --at FILE` makes.

    python bench/scale.py --dispatches 100000 --at /tmp/large.db
    python bench/web.py /tmp/large.db --asked 60

Every view is asked for stories drawn at random, each for the first time (derived anew) and again (kept). Prints milliseconds, at
the 50th and the 95th percentile, from the request to the last byte, in one process and without a network between.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from statistics import quantiles

from recoupe.ledger import Ledger
from recoupe.web import Served, create_app

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

VIEWS = {
    "story": "/stories/{0}",
    "story, filtered": "/stories/{0}?type=ASSAULT",
    "sources": "/stories/{0}/sources",
    "review": "/stories/{0}/review",
    "reader": "/dispatches/{0}",
    "claim": "/dispatches/{0}/e1",
    "API: occurrences": "/api/v1/occurrences?story={0}",
}
WHOLE = {
    "first page": "/",
    "search": "/search?q=marche+habitants",
    "API: dispatches": "/api/v1/dispatches?limit=50",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ledger", type=Path)
    parser.add_argument("--processor", action="store_true", help="processor time, where others use the machine too")
    parser.add_argument("--asked", type=int, default=60, help="how many stories")
    options = parser.parse_args()
    clock = time.process_time if options.processor else time.perf_counter
    with Ledger(options.ledger) as ledger:
        total = len(ledger)
        chance = random.Random(7)
        days = [dt.date(2022, 1, 1) + dt.timedelta(days=chance.randrange(1095)) for _ in range(options.asked)]
        names = sorted({page[0].id for day in days if (page := ledger.page(after=f"{day} ", limit=1)[0])})
        client = TestClient(create_app(Served(ledger=str(options.ledger)), ledger), base_url="http://127.0.0.1")
        client.get(VIEWS["story"].format(names[0]))  # the map, the templates and the messages are loaded once
        sys.stdout.write(f"{total} dispatches, {len(names)} stories\n")
        sys.stdout.write(f"{'view':24}{'first, p50':>12}{'p95':>8}{'again, p50':>12}{'p95':>8}\n")
        for view, path in {**VIEWS, **WHOLE}.items():
            paths = [path.format(name) for name in names]
            row = []
            spent = [(timed(client, one, clock, forget=True), timed(client, one, clock, forget=False)) for one in paths]
            for n in range(2):
                cuts = quantiles([pair[n] for pair in spent], n=20)
                row += [cuts[9], cuts[18]]
            sys.stdout.write(f"{view:24}{row[0]:12.0f}{row[1]:8.0f}{row[2]:12.0f}{row[3]:8.0f}\n")


def timed(client: TestClient, path: str, clock: Callable[[], float], *, forget: bool) -> float:
    """Milliseconds of one request. forget: what the server keeps of the story is let go before."""
    if forget:
        client.app.state.shelf.forget()  # type: ignore[attr-defined]
    began = clock()
    answer = client.get(path, headers={"accept": "text/html"})
    spent = 1000 * (clock() - began)
    assert answer.status_code == 200, (path, answer.status_code)
    return spent


if __name__ == "__main__":
    main()
