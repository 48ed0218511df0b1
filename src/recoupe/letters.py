"""Letters without their marks: one way for every comparison of words that may have lost their accents."""

from __future__ import annotations

import unicodedata
from typing import Literal


def unaccented(words: str, form: Literal["NFD", "NFKD"] = "NFD") -> str:
    """`words` without accents and other combining marks. NFKD also unfolds ligatures and styled letters («ﬁ», «²»)."""
    return "".join(c for c in unicodedata.normalize(form, words) if not unicodedata.combining(c))
