"""What is kept between runs changes how long a run takes and nothing else."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from recoupe import patterns
from recoupe.cache import cache_folder, keep, kept, kept_at
from recoupe.patterns import remembered
from recoupe.tables import read_table

EXPRESSIONS = [
    (r"(?P<day>\d{1,2})(?:er)? (?P<month>janvier|février|mars)", 0),
    (r"(?iu)l[’']a(?:ccord|rmée)s?(?<!x)\b", 0),
    ("[a-zà-ÿ]+(?=[.,])", re.I),
    (r"(a)|(?P<b>b)(?(b)c|d)", re.M),
    ("", 0),
]
TEXT = "Le 12 février, l’Armée a dit ; L'accord, 1er mars. abc a BC"


@pytest.fixture(autouse=True)
def own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    re.purge()
    return tmp_path


def found(expressions: list[tuple[str, int]]) -> list[object]:
    compiled = [re.compile(pattern, flags) for pattern, flags in expressions]
    return [
        (p.pattern, p.flags, p.groups, dict(p.groupindex), [(m.span(), m.groupdict()) for m in p.finditer(TEXT)])
        for p in compiled
    ]


def refuse(*_: object) -> None:
    raise AssertionError("compiled once more")


def test_a_remembered_expression_is_the_same_and_is_not_compiled_again(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = found(EXPRESSIONS)
    re.purge()
    with remembered("test", "1"):
        assert found(EXPRESSIONS) == plain
    re.purge()
    monkeypatch.setattr(patterns._compiler, "_code", refuse)
    with remembered("test", "1"):
        assert found(EXPRESSIONS) == plain


def test_python_compiles_as_ever_afterwards() -> None:
    before = patterns._compiler.compile
    with pytest.raises(re.error), remembered("test", "1"):
        re.compile("(")
    assert patterns._compiler.compile is before


@pytest.mark.parametrize("content", [b"", b"\xc1", b"\x80" * 9, b"not ours"])
def test_a_spoilt_file_costs_time_and_nothing_else(content: bytes) -> None:
    keep("patterns-test", f"1-{patterns.VERSION}", lambda file: file.write_bytes(content))
    plain = found(EXPRESSIONS)
    re.purge()
    with remembered("test", "1"):
        assert found(EXPRESSIONS) == plain


def test_a_folder_that_cannot_be_written_keeps_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert not keep("thing", "1", lambda file: file.write_bytes(b"x"))
    assert kept("thing", "1") is None
    with remembered("test", "1"):
        assert re.compile("a+").match("aa")


def test_a_new_fingerprint_drops_the_old_file_of_its_kind_alone() -> None:
    for kind, mark in (("thing", "1"), ("things", "1"), ("thing", "2")):
        assert keep(kind, mark, lambda file: file.write_bytes(b"x"))
    assert not kept_at("thing", "1").exists()
    assert kept("thing", "2") == kept("things", "1") == b"x"


def test_a_file_that_fails_half_way_is_not_kept() -> None:
    def half(file: Path) -> None:
        file.write_bytes(b"half")
        raise OSError("disk full")

    assert not keep("thing", "1", half)
    assert list(cache_folder().iterdir()) == []


def test_the_folder_is_the_users(tmp_path: Path) -> None:
    assert cache_folder() == tmp_path / "recoupe"


def test_a_table_is_parsed_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "words.toml"
    file.write_text('[number]\ndeux = 2\n"moitié" = 0.5\nautres = ["un", { x = true }]\n', encoding="utf-8")
    first = read_table(file, "xx/words.toml")
    monkeypatch.setattr(tomllib, "loads", refuse)
    assert read_table(file, "xx/words.toml") == first == {"number": {"deux": 2, "moitié": 0.5, "autres": ["un", {"x": True}]}}


def test_an_edited_table_is_parsed_anew(tmp_path: Path) -> None:
    file = tmp_path / "words.toml"
    for value in (1, 2):
        file.write_text(f"deux = {value}", encoding="utf-8")
        assert read_table(file, "xx/words.toml") == {"deux": value}


def test_a_table_that_would_not_come_back_unchanged_is_parsed_each_time(tmp_path: Path) -> None:
    file = tmp_path / "days.toml"
    file.write_text("day = 2024-05-19", encoding="utf-8")
    assert read_table(file, "xx/days.toml") == read_table(file, "xx/days.toml")
    assert not list(tmp_path.rglob("table-*"))
