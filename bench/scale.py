"""Measures a ledger of many dispatches: what adding one more costs beyond its reading, and what asking for its story costs.

    python bench/scale.py --dispatches 100000

The dispatches are made here, as readings: sentences of the project recombined with changed names, places, days and counts,
about ten dispatches a story over three years. Prints times of the processor in milliseconds and the memory of the process.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import resource
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from recoupe.intake import take
from recoupe.ledger import Ledger
from recoupe.model import Actor, Event, Figure, Name, Place, ReaderInfo, Reading, Span, Time

READER = ReaderInfo(version="bench", models={}, rules="none")
SYLLABLES = [c + v for c in "bdfgklmnprstvz" for v in ("a", "é", "i", "o", "ou")]
SENTENCES = (
    "Des hommes en armes ont attaqué {place} {day}, tuant {count} personnes, a indiqué {person}.",
    "{person} a rencontré {other} {day} à {place} pour parler de la reprise du dialogue.",
    "À {place}, {count} familles ont quitté leurs maisons depuis {day}, selon {body}.",
    "{body} a signé {day} un accord qui prévoit l'ouverture de {count} centres à {place}.",
    "La route de {place} est coupée depuis {day}, ont constaté {count} chauffeurs.",
    "{other} réclame la libération de {count} détenus avant le début du mois prochain.",
    "« Nous attendons toujours », a répondu {person}, joint {day} par téléphone à {place}.",
    "Le marché de {place} a rouvert {day} sous la garde de {count} policiers.",
    "{body} promet d'envoyer {count} camions de vivres à {place} dès que la piste le permettra.",
    "Interrogé {day}, {other} n'a pas souhaité dire combien de {body} resteraient à {place}.",
    "Une marche organisée par {body} a réuni {count} habitants de {place} {day}.",
    "{person} accuse {body} d'avoir retardé de {count} jours l'arrivée des secours.",
)
TYPES = ("ASSAULT", "CONSULT", "COERCE", "AGREE", "REQUEST", "PROTEST", "ACCUSE", "AID")
GROUP = {"person": "actors", "other": "actors", "body": "actors", "place": "places", "day": "times", "count": "figures"}
COUNTRIES = ("NER", "BEN", "MLI", "TCD", "SDN", "ETH", "MOZ", "HTI", "COL", "PHL", "UKR", "YEM")


class Maker:
    """Makes readings from a seed: the same seed, the same readings."""

    def __init__(self, seed: int, stories: int) -> None:
        self.random = random.Random(seed)
        self.stories = [self.story() for _ in range(stories)]

    def word(self, low: int, high: int) -> str:
        return "".join(self.random.choice(SYLLABLES) for _ in range(self.random.randint(low, high))).capitalize()

    def story(self) -> dict[str, object]:
        return {
            "persons": [f"{self.word(2, 3)} {self.word(3, 4)}" for _ in range(3)],
            "places": [self.word(3, 4) for _ in range(2)],
            "bodies": [f"Union {self.word(2, 4)}"],
            "country": self.random.choice(COUNTRIES),
            "start": dt.date(2022, 1, 1) + dt.timedelta(days=self.random.randrange(1095)),
        }

    def reading(self, n: int) -> Reading:
        story = self.random.choice(self.stories)
        day = story["start"] + dt.timedelta(days=self.random.randrange(40))  # type: ignore[operator]
        items: dict[str, list[object]] = {k: [] for k in ("names", "times", "places", "actors", "figures", "events")}
        text, ends = "", []
        for template in self.random.sample(SENTENCES, 8):
            text = self.sentence(template, text, story, day, items)
            ends.append(len(text))
        taken = take(
            {"id": f"d{n}", "lang": "fr", "text": text.strip(), "published": day.isoformat(), "outlet": f"Journal {n % 400}"}
        )
        sentences = tuple(zip([0, *ends[:-1]], ends, strict=True))
        return Reading(reader=READER, dispatch=taken, sentences=sentences, **{k: tuple(v) for k, v in items.items()})  # type: ignore[arg-type]

    def sentence(self, template: str, text: str, story: dict, day: dt.date, items: dict) -> str:  # type: ignore[type-arg]
        """The text with one more sentence, whose items go into `items`."""
        told = day - dt.timedelta(days=self.random.randrange(5))
        fill = {
            "person": self.random.choice(story["persons"]),
            "other": self.random.choice(story["persons"]),
            "place": self.random.choice(story["places"]),
            "body": self.random.choice(story["bodies"]),
            "day": f"le {told.day}/{told.month}",
            "count": str(self.random.randrange(2, 400)),
        }
        sentence = template.format(**fill)
        start = len(text)

        def span(kind: str) -> Span | None:
            at = sentence.find(fill[kind]) if f"{{{kind}}}" in template else -1
            return (start + at, start + at + len(fill[kind])) if at >= 0 else None

        made: dict[str, str] = {}
        for kind, group in (
            ("person", "actors"),
            ("other", "actors"),
            ("body", "actors"),
            ("place", "places"),
            ("day", "times"),
            ("count", "figures"),
        ):
            where = span(kind)
            if where is None:
                continue
            id_ = f"{group[0]}{len(items[group]) + 1}"
            made[kind] = id_
            if kind in ("person", "other", "body", "place"):
                sort = "place" if kind == "place" else "organisation" if kind == "body" else "person"
                items["names"].append(
                    Name(id=f"n{len(items['names']) + 1}", span=where, text=fill[kind], kind=sort, rule="bench")
                )
            if group == "actors":
                sort = "organisation" if kind == "body" else "person"
                items[group].append(
                    Actor(id=id_, name=fill[kind], kind=sort, country=story["country"], mentions=(where,), rule="bench")
                )
            elif group == "places":
                items[group].append(
                    Place(
                        id=id_, span=where, text=fill[kind], name=fill[kind], kind="city", country=story["country"], rule="bench"
                    )
                )
            elif group == "times":
                day_ = told.isoformat()
                items[group].append(
                    Time(id=id_, span=where, text=fill[kind], kind="date", start=day_, end=day_, grain="day", rule="bench")
                )
            else:
                value = int(fill[kind])
                items[group].append(
                    Figure(id=id_, span=where, text=fill[kind], value=value, low=value, high=value, kind="dead", rule="bench")
                )  # fmt: skip
        whole = (start, start + len(sentence))
        event = f"e{len(items['events']) + 1}"
        items["events"].append(
            Event(
                id=event, trigger=whole, evidence=whole, type=self.random.choice(TYPES), modality="asserted",
                actors=tuple(made[k] for k in ("person",) if k in made), place=made.get("place"), country=story["country"],
                time=made.get("day"), start=told.isoformat(), end=told.isoformat(), rule="bench",
            )
        )  # fmt: skip
        return text + sentence + " "


def memory() -> float:
    """Most memory that the process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dispatches", type=int, default=100_000)
    parser.add_argument("--measured", type=int, default=200)
    parser.add_argument("--at", type=Path, help="where the ledger is kept; a temporary file otherwise")
    options = parser.parse_args()
    path = options.at or Path(tempfile.mkdtemp(prefix="recoupe-scale-")) / "ledger.db"
    maker = Maker(1, max(1, options.dispatches // 10))
    began = time.process_time()
    with Ledger(path) as ledger:
        for n in range(options.dispatches):
            ledger.add(maker.reading(n))
        filled = time.process_time() - began
        added, asked, sizes = [], [], []
        for n in range(options.measured):
            reading = maker.reading(options.dispatches + n)
            start = time.process_time()
            ledger.add(reading)
            added.append(1000 * (time.process_time() - start))
        for n in range(0, options.measured, 10):
            start = time.process_time()
            view = ledger.view(story=f"d{options.dispatches + n}")
            asked.append(1000 * (time.process_time() - start))
            sizes.append(len(view.dispatches))
        found = 1000 * _timed(lambda: ledger.find("marche habitants police"))
        grouped = _timed(lambda: ledger.list(limit=1))
        page = 1000 * _timed(lambda: ledger.list(limit=200, offset=options.dispatches // 2))
        every = 1000 * _timed(ledger.list)
    size = path.stat().st_size / 2**20
    sys.stdout.write(
        f"{options.dispatches} dispatches, filled in {filled:.0f} s, file {size:.0f} MB, memory {memory():.0f} MB\n"
        f"adding one more: median {median(added):.1f} ms, worst {max(added):.1f} ms\n"
        f"its story derived: median {median(asked):.0f} ms, worst {max(asked):.0f} ms, "
        f"of {median(sizes):.0f} dispatches (most {max(sizes)})\n"
        f"finding words: {found:.0f} ms\n"
        f"finding all stories after an addition: {grouped:.0f} s; then a list of 200 {page:.0f} ms, of all {every:.0f} ms\n"
    )


def _timed(do: object) -> float:
    start = time.process_time()
    do()  # type: ignore[operator]
    return time.process_time() - start


if __name__ == "__main__":
    main()
