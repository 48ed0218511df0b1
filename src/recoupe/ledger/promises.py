"""Promises not to do something: the patterns `restraint` of `outcomes.toml`, over folded words."""

from __future__ import annotations

import re
from functools import cache

from recoupe.language import language
from recoupe.ledger.entities import fold


def restrains(text: str, lang: str) -> bool:
    """Does a sentence promise that something will not be done, or no more?"""
    return _restraint(lang).search(fold(text)) is not None


@cache
def _restraint(lang: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(language(lang).table('outcomes')['restraint'])})\b")
