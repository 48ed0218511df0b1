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


@cache
def _names(lang: str) -> Mapping[str, str]:
    from babel import Locale

    shown = Locale(lang).territories
    forms = {_fold(name): code for written in WRITTEN_IN for code, name in Locale(written).territories.items() if code.isalpha()}
    return {form: shown[code] for form, code in {**forms, **SHORT}.items() if code in shown}


def _fold(name: str) -> str:
    return unaccented(name.replace("’", "'").strip().casefold())
