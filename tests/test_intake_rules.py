"""What a language's `intake.toml` says it reads: datelines, days, credits. Each of its examples is run."""

from __future__ import annotations

import datetime as dt
import tomllib
from importlib.resources import files
from typing import Any

import pytest

from recoupe.intake.calendar import calendar
from recoupe.intake.credits import agencies_in, agency, credited
from recoupe.intake.dateline import find_dateline
from recoupe.intake.dating import date_in_text, date_in_url
from recoupe.intake.lang import detect
from recoupe.intake.take import take
from recoupe.language import language, languages


def rows(key: str) -> list[Any]:
    return [
        pytest.param(code, row, id=f"{code}-{row['text'][:30]}")
        for code in languages()
        for row in language(code).table("intake")[key]
    ]


@pytest.mark.parametrize(("code", "row"), rows("examples"))
def test_datelines(code: str, row: dict[str, Any]) -> None:
    head, expected = find_dateline(row["text"], code), row["dateline"]
    assert head is not None
    date = head.date(None)
    assert row["text"][slice(*head.span)] == expected["words"]
    assert head.place == expected.get("place")
    assert (date.isoformat() if date else None) == expected.get("date")
    assert head.agencies[:1] == ((expected["agency"],) if "agency" in expected else ())


@pytest.mark.parametrize(("code", "row"), rows("not"))
def test_what_is_no_dateline(code: str, row: dict[str, Any]) -> None:
    assert find_dateline(row["text"], code) is None


@pytest.mark.parametrize(("code", "row"), rows("published"))
def test_days_of_publication_worked_out_of_a_text(code: str, row: dict[str, Any]) -> None:
    found = date_in_text(row["text"], code)
    assert (found.isoformat() if found else "unknown") == row["is"]


@pytest.mark.parametrize(("code", "row"), rows("credited"))
def test_credits(code: str, row: dict[str, Any]) -> None:
    assert credited(row["text"], code) == row["are"]


def test_languages_have_the_same_keys() -> None:
    keys = {code: sorted(language(code).table("intake")) for code in languages()}
    assert len(set(map(tuple, keys.values()))) == 1


@pytest.mark.parametrize("code", languages())
def test_a_calendar_has_twelve_months_and_seven_days(code: str) -> None:
    table = language(code).table("intake")
    assert len(table["months"]) == 12
    assert len(table["weekdays"]) == 7


def test_no_form_names_two_agencies() -> None:
    table = tomllib.loads((files("recoupe.intake") / "agencies.toml").read_text(encoding="utf-8"))
    forms = [form for names in table.values() for form in names]
    assert len(forms) == len(set(forms))
    assert all(agency(form) for form in forms)
    assert agencies_in("l'AFP, Reuters et l’Agence France-Presse") == ["AFP", "Reuters"]


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://lefil.example/2024/07/24/base", "2024-07-24"),
        ("https://lefil.example/base-20240724.html", "2024-07-24"),
        ("https://lefil.example/a/2024-07-24-base", "2024-07-24"),
        ("https://lefil.example/2024/07/base", None),
        ("https://lefil.example/2024/13/45/base", None),
        ("https://lefil.example/2024/07/24/on-2023-01-01", None),
        ("https://lefil.example/120240724123", None),
        ("", None),
    ],
)
def test_days_in_addresses(url: str, day: str | None) -> None:
    found = date_in_url(url)
    assert (found.isoformat() if found else None) == day


def test_what_dates_a_dispatch_comes_in_order() -> None:
    text = "LOMÉ, 12 février 2021 (AFP) - La route a rouvert jeudi 11 février 2021."
    row = {"text": text, "lang": "fr", "url": "https://lefil.example/2021/02/13/route"}
    assert (take({**row, "published": "2021-02-14"}).published_basis, take(row).published_basis) == ("given", "url")
    del row["url"]
    found = take(row)
    assert (found.published, found.published_basis) == ("2021-02-12", "dateline")
    found = take({"text": text.split(" - ")[1], "lang": "fr"})
    assert (found.published, found.published_basis) == ("2021-02-11", "text")


def test_a_dateline_without_a_year_takes_that_of_publication() -> None:
    found = take({"text": "LAGOS, Dec 30 (Reuters) - Markets reopened.", "lang": "en", "published": "2024-01-02"})
    assert found.dateline is not None
    assert found.dateline.date == "2023-12-30"
    assert (found.agency, found.agencies) == ("Reuters", ("Reuters",))


def test_a_dateline_far_from_publication_keeps_no_year() -> None:
    found = take({"text": "LAGOS, June 3 (Reuters) - Markets reopened.", "lang": "en", "published": "2024-01-02"})
    assert found.dateline is not None
    assert found.dateline.date is None


def test_an_agency_that_publishes_is_credited() -> None:
    assert take({"text": "Le pont a rouvert.", "lang": "fr", "outlet": "AFP"}).agency == "AFP"


def test_every_leap_day_and_weekday_is_checked() -> None:
    (written,) = calendar("fr").written("jeudi 29 février")
    assert [year for year in range(2000, 2030) if written.within(year)] == [2024]
    assert written.within(2024) == dt.date(2024, 2, 29)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Les soldats ont quitté la base.", "fr"),
        ("Troops left the base on Monday.", "en"),
        ("BENIN : LE BILAN DE L'ATTAQUE PORTE A 54 MORTS", "fr"),
        ("Bonjour", "fr"),
        ("US troops leave Niger base", "en"),
        ("Le porte-parole a cité « the United States Africa Command » dans son communiqué de lundi.", "fr"),
    ],
)
def test_languages_are_told_apart(text: str, code: str) -> None:
    assert detect(text) == code
