"""Numerals: every number up to ten thousand and many beyond, as French of three countries and English write them."""

from __future__ import annotations

import random

import pytest

from recoupe.language import language
from recoupe.reading.figures.numbers import Numeral, digits, read_numerals
from recoupe.reading.figures.table import figure_table
from recoupe.reading.figures.words import lay_out, token_pattern


def listed(words: str) -> list[str]:
    return words.split()


UNITS = listed(
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf"
)
TENS = {2: "vingt", 3: "trente", 4: "quarante", 5: "cinquante", 6: "soixante", 8: "quatre-vingt"}
OWN_TENS = {
    "france": {},
    "belgique": {7: "septante", 9: "nonante"},
    "suisse": {7: "septante", 8: "huitante", 9: "nonante"},
}
ENGLISH = listed("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen")
ENGLISH += ["seventeen", "eighteen", "nineteen"]
ENGLISH_TENS = listed("- - twenty thirty forty fifty sixty seventy eighty ninety")
SCALES = ((10**9, "milliard"), (10**6, "million"), (10**3, "mille"))
ENGLISH_SCALES = ((10**9, "billion"), (10**6, "million"), (10**3, "thousand"))


def below_hundred(n: int, country: str, last: bool = True) -> str:
    """From 0 to 99; a ten that the country has no word for is counted on from the ten before. last: nothing multiplies it."""
    if n < 20:
        return UNITS[n]
    tens = TENS | OWN_TENS[country]
    ten, rest = (n // 10, n % 10) if n // 10 in tens else (n // 10 - 1, n % 10 + 10)
    word = tens[ten]
    if not rest:
        return word + ("s" if word == "quatre-vingt" and last else "")
    joiner = " et " if rest in (1, 11) and word != "quatre-vingt" else "-"
    return word + joiner + UNITS[rest]


def below_thousand(n: int, country: str, last: bool = True) -> str:
    hundreds, rest = divmod(n, 100)
    if not hundreds:
        return below_hundred(rest, country, last)
    head = "cent" if hundreds == 1 else f"{UNITS[hundreds]} cent" + ("s" if last and not rest else "")
    return head + (f" {below_hundred(rest, country, last)}" if rest else "")


def french(n: int, country: str) -> str:
    parts = []
    for size, name in SCALES:
        count, n = divmod(n, size)
        if count and name == "mille":
            parts.append("mille" if count == 1 else f"{below_thousand(count, country, last=False)} mille")
        elif count:
            parts.append(f"{below_thousand(count, country)} {name}{'s' if count > 1 else ''}")
    if n or not parts:
        parts.append(below_thousand(n, country))
    return " ".join(parts)


def english(n: int) -> str:
    def small(n: int) -> str:
        hundreds, rest = divmod(n, 100)
        ten, unit = divmod(rest, 10)
        low = ENGLISH[rest] if rest < 20 else ENGLISH_TENS[ten] + (f"-{ENGLISH[unit]}" if unit else "")
        if not hundreds:
            return low
        return f"{ENGLISH[hundreds]} hundred" + (f" and {low}" if rest else "")

    parts = []
    for size, name in ENGLISH_SCALES:
        count, n = divmod(n, size)
        if count:
            parts.append(f"{small(count)} {name}")
    if n or not parts:
        parts.append(("and " if parts and n < 100 else "") + small(n))
    return " ".join(parts)


def numerals(text: str, lang: str) -> list[Numeral]:
    table = figure_table(language(lang))
    return read_numerals(lay_out(text, [0], token_pattern(table.sign_prefixes, table.suffixes)), table)


def sample() -> list[int]:
    rng = random.Random(17)
    powers = [10**k for k in range(4, 12)] + [10**k - 1 for k in range(4, 13)] + [10**k + 1 for k in range(4, 12)]
    return [*range(10_001), *powers, *(rng.randrange(10 ** rng.randint(4, 12)) for _ in range(3000))]


@pytest.mark.parametrize("country", ["france", "belgique", "suisse"])
def test_french_words_read_back(country: str) -> None:
    wrong = [n for n in sample() if [x.value for x in numerals(french(n, country), "fr")] != [n]]
    assert wrong == []


def test_reformed_hyphens_read_back() -> None:
    wrong = [n for n in range(1000) if [x.value for x in numerals(french(n, "france").replace(" ", "-"), "fr")] != [n]]
    assert wrong == []


def test_english_words_read_back() -> None:
    wrong = [n for n in sample() if [x.value for x in numerals(english(n), "en")] != [n]]
    assert wrong == []


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("separator", ["", " ", "\u00a0", "\u202f", ",", "'"])
def test_digits_read_back(lang: str, separator: str) -> None:
    wrong = [n for n in sample()[::7] if [x.value for x in numerals(f"{n:,}".replace(",", separator), lang)] != [n]]
    assert wrong == []


@pytest.mark.parametrize(
    ("written", "decimal", "value"),
    [
        ("1.500", ",", 1500),
        ("1.500", ".", 1.5),
        ("2,500", ",", 2500),
        ("0,500", ",", 0.5),
        ("64,27", ",", 64.27),
        ("64.27", ",", 64.27),
        ("1.234.567", ".", 1234567),
        ("1 234,5", ",", 1234.5),
        ("1,234.5", ".", 1234.5),
    ],
)
def test_the_form_decides_between_thousands_and_decimals(written: str, decimal: str, value: float) -> None:
    assert digits(written, decimal) == value


@pytest.mark.parametrize(
    ("lang", "text", "value"),
    [
        ("fr", "1,5 million", 1_500_000),
        ("fr", "2 millions et demi", 2_500_000),
        ("fr", "trois millions et demi", 3_500_000),
        ("fr", "600 mille", 600_000),
        ("fr", "1 000 milliards", 10**12),
        ("fr", "4,2 Mds", 4_200_000_000),
        ("fr", "octante-deux", 82),
        ("en", "two and a half million", 2_500_000),
        ("en", "1.5 bn", 1_500_000_000),
        ("en", "half a million", 500_000),
        ("en", "a hundred", 100),
    ],
)
def test_mixed_forms(lang: str, text: str, value: float) -> None:
    assert [x.value for x in numerals(text, lang)] == [value]


@pytest.mark.parametrize("text", ["M23", "10h15", "12e", "A330", "01.02.03.04", "15/06", "2.0.1", "9" * 30])
def test_codes_are_no_numerals(text: str) -> None:
    assert numerals(text, "fr") == []
