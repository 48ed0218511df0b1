"""Which language a text is in: one of those that are read, or a refusal that says what it looks like."""

from __future__ import annotations

from functools import cache
from typing import Any

from recoupe.errors import UnknownLanguage
from recoupe.language import languages

SAMPLE = 2000
LEAST = 0.1  # of all languages' probability, spread over about 140: a word or two are enough
CLOSE = 0.5  # of the likeliest one's: short English looks like Nigerian Pidgin, short French like Occitan


def detect(text: str) -> str:
    """The code of the text's language. Raises UnknownLanguage where it is none of those that are read."""
    ranked = _identifier().rank(text[:SAMPLE])
    likeliest, most = ranked[0]
    for code, probability in ranked:
        if code in languages() and probability >= max(LEAST, CLOSE * most):
            return str(code)
    read = " and ".join(_name(code) for code in languages())
    if most < LEAST or not any(character.isalpha() for character in text):
        raise UnknownLanguage(f"its language is not recognised; say which with --lang ({read} are read)")
    raise UnknownLanguage(f"it looks like {_name(likeliest)}, which is not read; {read} are")


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _name(code: str) -> str:
    from babel import Locale

    return str(Locale("en").languages.get(code, repr(code)))
