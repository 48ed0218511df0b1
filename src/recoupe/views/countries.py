"""Country names in the language of the page: «Etats-Unis», "United States" and "US" are one name to a reader."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from recoupe.letters import unaccented

WRITTEN_IN = ("fr", "en")
SHORT = {"us": "US", "u.s.": "US", "usa": "US", "uk": "GB", "u.k.": "GB"}


def country(name: str, lang: str) -> str:
    """The name of a country in a language, where `name` is one in French or English; else the name as it is."""
    return _names(lang).get(_fold(name), name)


def country_name(iso3: str, lang: str) -> str:
    """The name of an ISO 3166 alpha-3 code in a language; the code itself where it is none."""
    from babel import Locale
    from pycountry import countries

    found = countries.get(alpha_3=iso3)
    return str(Locale(lang).territories.get(found.alpha_2, found.name)) if found else iso3


@cache
def _names(lang: str) -> Mapping[str, str]:
    from babel import Locale

    shown = Locale(lang).territories
    forms = {_fold(name): code for written in WRITTEN_IN for code, name in Locale(written).territories.items() if code.isalpha()}
    return {form: shown[code] for form, code in {**forms, **SHORT}.items() if code in shown}


def _fold(name: str) -> str:
    return unaccented(name.replace("’", "'").strip().casefold())
