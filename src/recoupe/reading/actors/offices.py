"""Offices held: the state and the function of someone whom a dispatch names without saying who that is.

Invariant: what is known of the world never gainsays the dispatch; it fills in what the dispatch leaves out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from recoupe import ontology
from recoupe.reading.actors.chains import Chain
from recoupe.reading.actors.words import fold

AFTER = dt.timedelta(days=21)
RULING = frozenset(("head_of_state", "head_of_government"))


@dataclass(frozen=True, slots=True)
class Office:
    """One term of one holder. state: ISO3, or the name of an intergovernmental body."""

    state: str
    function: str
    start: dt.date
    end: dt.date | None

    def held(self, day: dt.date | None) -> bool:
        """Whether it was held on a day, or had been left a moment before."""
        return day is not None and self.start <= day and (self.end is None or day <= self.end + AFTER)

    @property
    def intergovernmental(self) -> bool:
        return not (len(self.state) == 3 and self.state.isupper()) or self.state == "ONU"


@cache
def offices() -> tuple[dict[str, tuple[Office, ...]], dict[str, tuple[Office, ...]]]:
    """Offices by the full names of their holders, and those of rulers by surname; folded."""
    table = ontology.table("offices")
    full: dict[str, tuple[Office, ...]] = {}
    surnames: dict[str, tuple[Office, ...]] = {}
    for state, function, start, end, names in table["offices"]:
        office = Office(state, function, dt.date.fromisoformat(start), dt.date.fromisoformat(end) if end else None)
        for name in names.split("/"):
            full[_key(name)] = (*full.get(_key(name), ()), office)
            surname = _key(name).split()[-1]
            if function in RULING and office not in surnames.get(surname, ()):
                surnames[surname] = (*surnames.get(surname, ()), office)
    return full, surnames


def _key(name: str) -> str:
    return " ".join(fold(word) for word in name.split())


def look_up(chain: Chain, day: dt.date | None, talked: Collection[str]) -> None:
    """Adds the state and the function of a person known to have held office. talked: states that the dispatch names."""
    full, surnames = offices()
    key = _key(chain.name)
    found = full.get(key, ())
    if not found and " " not in key:
        found = tuple(office for office in surnames.get(key, ()) if office.held(day) and office.state in talked)
    current = [office for office in found if office.held(day)]
    states = {office.state for office in current or found}
    if len(states) != 1:
        return
    if chain.countries and chain.countries != tuple(states):
        return
    chain.functions |= {office.function for office in current}
    if (current or found)[0].intergovernmental:
        chain.national = False
        chain.sectors = chain.sectors or ("IGO",)
        return
    chain.told(tuple(states), "default")
    if current and "GOV" not in chain.sectors:
        chain.sectors = (*chain.sectors, "GOV")
