"""Every date of 2020 to 2030 in twelve written forms reads back, for five days of publication."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from recoupe.reading.times.calendar import Period
from recoupe.reading.times.match import expressions, plain
from recoupe.reading.times.meaning import Meaning
from recoupe.reading.times.place import Scene
from recoupe.reading.times.resolve import resolve
from recoupe.reading.times.table import grammar

FIRST, LAST = dt.date(2020, 1, 1), dt.date(2030, 12, 31)
DATES = [FIRST + dt.timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
PUBLISHED = [dt.date(2020, 2, 29), dt.date(2022, 12, 31), dt.date(2024, 6, 12), dt.date(2027, 1, 1), dt.date(2030, 9, 15)]
HALF_A_YEAR = 180
BREAK = ".\n\n"

JOURS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
MOIS = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"]
ABREGES = ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def premier(day: int) -> str:
    return "1er" if day == 1 else str(day)


def nth(day: int) -> str:
    return f"{day}{'th' if 10 < day < 14 else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"


Form = Callable[[dt.date], str]
FULL: dict[str, tuple[str, Form]] = {
    "le 1er mai 2024": ("fr", lambda d: f"le {premier(d.day)} {MOIS[d.month - 1]} {d.year}"),
    "mercredi 1er mai 2024": ("fr", lambda d: f"{JOURS[d.weekday()]} {premier(d.day)} {MOIS[d.month - 1]} {d.year}"),
    "01/05/2024": ("fr", lambda d: f"{d:%d/%m/%Y}"),
    "2024-05-01": ("fr", lambda d: d.isoformat()),
    "1er janv. 2024": ("fr", lambda d: f"{premier(d.day)} {ABREGES[d.month - 1]} {d.year}"),
    "May 1, 2024": ("en", lambda d: f"{MONTHS[d.month - 1]} {d.day}, {d.year}"),
    "1 May 2024": ("en", lambda d: f"{d.day} {MONTHS[d.month - 1]} {d.year}"),
    "Wednesday, May 1, 2024": ("en", lambda d: f"{DAYS[d.weekday()]}, {MONTHS[d.month - 1]} {d.day}, {d.year}"),
    "the 1st of May 2024": ("en", lambda d: f"the {nth(d.day)} of {MONTHS[d.month - 1]} {d.year}"),
}
NEAR: dict[str, tuple[str, Form]] = {
    "le 1er mai": ("fr", lambda d: f"le {premier(d.day)} {MOIS[d.month - 1]}"),
    "mercredi 1er mai": ("fr", lambda d: f"{JOURS[d.weekday()]} {premier(d.day)} {MOIS[d.month - 1]}"),
    "May 1": ("en", lambda d: f"{MONTHS[d.month - 1]} {d.day}"),
}


def written(code: str, form: Form, dates: list[dt.date]) -> list[tuple[dt.date, Meaning | None]]:
    """Dates written one a paragraph, and what the words of each mean."""
    starts, at = {}, 0
    lines = [form(date) for date in dates]
    for date, line in zip(dates, lines, strict=True):
        starts[at] = date
        at += len(line) + len(BREAK)
    text = BREAK.join(lines)
    found = {item.start: item.meaning for item in expressions(grammar(code), text, plain(text))}
    return [(date, found.get(start)) for start, date in starts.items()]


def misread(pairs: list[tuple[dt.date, Meaning | None]], published: dt.date) -> list[tuple[dt.date, dt.date, Meaning | None]]:
    """Dates that do not read back on that day of publication."""
    whole_days = {date: Period(date, date, "day") for date, _ in pairs}
    scene = Scene(published)
    return [(published, d, m) for d, m in pairs if m is None or resolve(m, scene).period != whole_days[d]]


@pytest.mark.parametrize("name", FULL)
def test_every_full_date_reads_back(name: str) -> None:
    code, form = FULL[name]
    pairs = written(code, form, DATES)
    assert [wrong for published in PUBLISHED for wrong in misread(pairs, published)] == []


@pytest.mark.parametrize("published", PUBLISHED, ids=str)
@pytest.mark.parametrize("name", NEAR)
def test_every_date_without_its_year_reads_back_near_publication(name: str, published: dt.date) -> None:
    code, form = NEAR[name]
    near = [published + dt.timedelta(days=n) for n in range(-HALF_A_YEAR, HALF_A_YEAR + 1)]
    every_year = [d for d in near if (d.month, d.day) != (2, 29)]
    assert misread(written(code, form, every_year), published) == []
