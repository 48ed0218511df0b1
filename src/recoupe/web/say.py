"""The interface's own words, in the reader's language. English stands in the code; `locale/*/messages.po` holds the others.

Catalogues are read as they are: nothing has to be compiled, so none can be out of date.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from gettext import NullTranslations
from importlib.resources import files
from io import BytesIO

from recoupe.views.phrases import LANGUAGES, Phrases, phrases


@dataclass(frozen=True)
class Say:
    """What a page says in one language. phrases: the names of kinds, dates and quantities, which the brief uses too."""

    lang: str
    phrases: Phrases
    translations: NullTranslations

    def __call__(self, message: str, **values: object) -> str:
        """A message, with values in it."""
        said = self.translations.gettext(message)
        return said.format(**values) if values else said

    def many(self, one: str, many: str, number: int) -> str:
        """A message that counts."""
        return self.translations.ngettext(one, many, number).format(number=self.phrases.number(number))


@cache
def say(lang: str) -> Say:
    """What pages say in "en" or "fr"."""
    return Say(lang, phrases(lang), catalogue(lang))


@cache
def catalogue(lang: str) -> NullTranslations:
    """The messages of a language; English is as the code has it."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po
    from babel.support import Translations

    path = files(__package__) / "locale" / lang / "messages.po"
    if not path.is_file():
        return NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as stream:
        write_mo(compiled, read_po(stream, locale=lang))
    compiled.seek(0)
    loaded: NullTranslations = Translations(compiled)
    return loaded


def preferred(kept: str | None, accepted: str) -> str:
    """The language of a page: the one that the reader chose, else the first that the browser asks for and that there is."""
    if kept in LANGUAGES:
        return str(kept)
    wanted = sorted((_weighed(part, n) for n, part in enumerate(accepted.split(","))), key=lambda one: one[:2])
    return next((lang for *_, lang in wanted if lang in LANGUAGES), LANGUAGES[0])


def _weighed(part: str, place: int) -> tuple[float, int, str]:
    code, _, weight = part.strip().partition(";q=")
    try:
        return -float(weight or 1), place, code.partition("-")[0].lower()
    except ValueError:
        return 0.0, place, ""
