"""Bytes to text, and the one form that every text takes: NFC, "\\n" line ends. Nothing else is changed in it.

A half of a surrogate pair, which no encoding can write, becomes U+FFFD; the length is unchanged.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from recoupe.errors import UnreadableInput

LONE_SURROGATE = re.compile("[\ud800-\udfff]")
CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
DECLARED = re.compile(rb"(?:<meta[^>]{0,200}charset=|^\s*<\?xml[^>]{0,100}encoding=)[\"']?([\w-]{2,20})", re.I)
BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
NO_ENCODING = (
    "unicode-escape",
    "raw-unicode-escape",
    "utf-7",
    "idna",
    "punycode",
    "undefined",
)  # codecs that rewrite what they read
WESTERN = ("cp1252", "iso8859_15", "mac_roman", "cp850")


def clean(text: str) -> str:
    """NFC, with "\\n" line ends."""
    return unicodedata.normalize("NFC", LONE_SURROGATE.sub("\ufffd", text).replace("\r\n", "\n").replace("\r", "\n"))


def decode(data: bytes, *, source: str = "", declared: str | None = None) -> tuple[str, str]:
    """The text of some bytes, and its encoding: UTF-8, what a mark, a server (`declared`) or the page itself says it is, else
    a Western one that is detected.

    Raises UnreadableInput where the bytes are no text, or text that is broken.
    """
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return _decoded(data, encoding, source), "utf-8" if encoding == "utf-8-sig" else encoding
    if len(CONTROLS.findall(data[:65536])) * 200 > len(data[:65536]) or b"\0" in data:
        raise UnreadableInput("binary data, no text", source=source)
    try:
        return data.decode(), "utf-8"
    except UnicodeDecodeError as error:
        if _mostly_utf8(data):
            line = data.count(b"\n", 0, error.start) + 1
            reason = f"invalid UTF-8 at byte {error.start}: mixed encodings, or a broken file"
            raise UnreadableInput(reason, source=source, place=f"line {line}") from error
    named = DECLARED.search(data[:4096])
    stated = declared or (named[1].decode("ascii") if named else "utf-8")
    if stated.lower() not in ("utf-8", "utf8"):
        return _decoded(data, stated, source), stated.lower()
    return _detected(data, source)


def _mostly_utf8(data: bytes) -> bool:
    """Whether the accented letters are UTF-8 but for a few bytes: then no other encoding is right either."""
    text = data.decode(errors="replace")
    wrong = text.count("\ufffd")
    return sum(character > "\x7f" for character in text) - wrong > wrong


def _decoded(data: bytes, encoding: str, source: str) -> str:
    try:
        if codecs.lookup(encoding).name in NO_ENCODING:
            raise LookupError(encoding)
        return data.decode(encoding)
    except LookupError as error:
        raise UnreadableInput(f"unknown encoding {encoding!r}", source=source) from error
    except UnicodeDecodeError as error:
        raise UnreadableInput(f"invalid {encoding} at byte {error.start}", source=source) from error


def _detected(data: bytes, source: str) -> tuple[str, str]:
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=list(WESTERN)).best()
    if best is None:
        raise UnreadableInput("invalid UTF-8, and no other encoding fits", source=source)
    return str(best), best.encoding
