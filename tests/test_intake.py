"""Files, folders and streams become dispatches, or refusals that say why."""

from __future__ import annotations

import io
import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoupe.errors import InputError, MalformedInput, UnknownLanguage, UnreadableInput
from recoupe.intake.clean import clean, decode
from recoupe.intake.draft import Draft, Given, draft_of, iso
from recoupe.intake.inputs import Input, buffered
from recoupe.intake.jsonl import read_jsonl
from recoupe.intake.plain import split_headline
from recoupe.intake.sources import Collector, how_many
from recoupe.intake.take import finish, take
from recoupe.model import Dispatch
from recoupe.settings import Settings

FRENCH = "Les soldats ont quitté la base dans la nuit, a dit le ministre."


def collect(*sources: Path | str, **given: str) -> list[Dispatch | InputError]:
    return list(Collector(Given(**given)).collect(sources))


def one(path: Path) -> Dispatch:
    (found,) = collect(path)
    assert isinstance(found, Dispatch), found
    return found


def refusal(path: Path) -> str:
    (found,) = collect(path)
    assert isinstance(found, InputError), found
    assert found.source == str(path)
    return str(found)


class TestPlain:
    @pytest.mark.parametrize(
        "title",
        [
            "Niger : la base rendue",
            "La Cédéao lève ses sanctions, sauf une",
            "« Nous partirons » : le général promet",
            "LE PONT ROUVRE AU TRAFIC",
            "Où sont passés les convois ?",
            "Ports reopen after the storm",
        ],
    )
    def test_a_first_line_with_a_blank_line_below_is_the_headline(self, title: str) -> None:
        assert split_headline(f"{title}\n\n{FRENCH}\n") == (title, FRENCH + "\n")

    @pytest.mark.parametrize(
        "text",
        [
            f"{FRENCH}\n\n{FRENCH}",
            "LOMÉ, 12 février 2021 (AFP) –\n\nDes pluies ont coupé la route.",
            f"Niger : la base rendue\n{FRENCH}",
            "Un titre sans rien dessous",
            "20/07/2024\n\nLe pont a rouvert.",
            "A+ A-\n\nLe pont a rouvert.",
            "Mot\n\nLe pont a rouvert.",
            "x" * 300 + " y\n\nLe pont a rouvert.",
            "",
            "\n\n",
        ],
    )
    def test_else_the_whole_is_text(self, text: str) -> None:
        assert split_headline(text) == ("", text)

    def test_offsets_are_those_of_the_file(self, tmp_path: Path) -> None:
        path = tmp_path / "a.txt"
        path.write_bytes("Un\u00a0soldat «\u202fa dit\u202f» :\r\nle général était là.\r".encode())
        assert one(path).text == "Un\u00a0soldat «\u202fa dit\u202f» :\nle général était là.\n"

    def test_western_encodings_are_read_and_said(self, tmp_path: Path) -> None:
        path = tmp_path / "a.txt"
        path.write_bytes("Le général a quitté la base d’Agadez, a déclaré le porte-parole à la presse.".encode("cp1252"))
        found = one(path)
        assert found.text.startswith("Le général a quitté la base d’Agadez")
        assert found.extra == {"encoding": "cp1252"}

    @pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
    def test_wide_encodings_with_their_mark(self, tmp_path: Path, encoding: str) -> None:
        path = tmp_path / "a.txt"
        path.write_bytes(FRENCH.encode(encoding))
        assert one(path).text == FRENCH


class TestRefusals:
    @pytest.mark.parametrize(
        ("data", "why"),
        [
            (b"", "empty"),
            (b" \n\t\n", "empty"),
            (bytes(range(256)) * 20, "binary"),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a picture (PNG)"),
            ("Le général a quitté ".encode() + b"\xff" + "la base à l’aube".encode(), "invalid UTF-8 at byte 23"),
            ("El presidente dijo el lunes que las tropas saldrán del país en mayo.".encode(), "Spanish"),
            ("Der Präsident sagte am Montag, dass die Truppen abziehen.".encode(), "German"),
            ("😀 😀 😀".encode(), "not recognised"),
            (b"12 345", "not recognised"),
        ],
    )
    def test_each_says_why(self, tmp_path: Path, data: bytes, why: str) -> None:
        path = tmp_path / "a.txt"
        path.write_bytes(data)
        assert why in refusal(path)

    def test_a_path_that_is_absent(self, tmp_path: Path) -> None:
        assert "no such file" in refusal(tmp_path / "absent.txt")
        assert "only http and https" in refusal("file:///etc/hosts")
        assert "empty name" in refusal("")

    def test_a_folder_without_dispatches(self, tmp_path: Path) -> None:
        (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8")
        assert "nothing to read" in refusal(tmp_path)

    def test_a_file_that_is_too_long_is_not_read(self, tmp_path: Path) -> None:
        path = tmp_path / "a.txt"
        path.write_bytes(b"a" * 1000)
        (found,) = Collector(settings=Settings(max_bytes=999)).collect([path])
        assert "longer than 999 bytes" in str(found)

    def test_a_text_that_is_too_long(self) -> None:
        with pytest.raises(UnreadableInput, match="201 characters"):
            finish(Draft(text="é" * 201, lang="fr"), settings=Settings(max_chars=200))

    def test_the_rest_is_done(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_bytes(b"")
        (tmp_path / "b.txt").write_text(FRENCH, encoding="utf-8")
        (tmp_path / "c.html").write_text("<html><body></body></html>", encoding="utf-8")
        (tmp_path / "d.txt").write_text(FRENCH, encoding="utf-8")
        found = collect(tmp_path, tmp_path / "absent")
        assert [isinstance(x, Dispatch) for x in found] == [False, True, False, True, False]


class TestJsonLines:
    def read(self, *lines: str | bytes, longest: int = 10_000) -> list[Draft | InputError]:
        data = b"\n".join(line.encode() if isinstance(line, str) else line for line in lines)
        given = Input(stream=buffered(io.BytesIO(data)), ref="a.jsonl", source="a.jsonl", longest=longest)
        return [found for found in read_jsonl(given) if not isinstance(found, Input)]

    def test_named_values_and_others(self) -> None:
        row = {"id": 7, "title": "T", "text": FRENCH, "published": "2024-07-24", "outlet": "Le Fil", "lang": "fr",
               "url": "https://lefil.example/1", "agency": "AFP", "desk": {"night": True}}  # fmt: skip
        (draft,) = self.read(json.dumps(row))
        assert isinstance(draft, Draft)
        found = finish(draft)
        assert (found.ref, found.outlet, found.agency, found.published_basis) == ("7", "Le Fil", "AFP", "given")
        assert found.extra == {"desk": {"night": True}}

    @pytest.mark.parametrize(
        ("line", "why"),
        [
            ("{", "line 2: no JSON"),
            ("[1, 2]", "line 2: a JSON object is expected"),
            ('{"title": "T"}', "line 2: there is no text"),
            ('{"text": ""}', "line 2: its text is empty"),
            ('{"text": 3}', "line 2: text: a string is expected, not a number"),
            ('{"text": "a", "outlet": ["b"]}', "line 2: outlet: a string is expected, not a list"),
            (b'{"text": "\xff"}', "line 2: no JSON"),
            ("[" * 50_000, "line 2: no JSON"),
        ],
    )
    def test_a_bad_line_is_named_and_the_rest_is_done(self, line: str | bytes, why: str) -> None:
        good = json.dumps({"text": FRENCH})
        first, bad, last = self.read(good, line, good, longest=100_000)
        assert isinstance(first, Draft)
        assert isinstance(last, Draft)
        assert str(bad).startswith(f"a.jsonl: {why}")

    def test_a_line_that_is_too_long_is_passed_over(self) -> None:
        good = json.dumps({"text": FRENCH})
        first, bad, last = self.read(good, '{"text": "' + "a" * 200_000 + '"}', good)
        assert isinstance(first, Draft)
        assert isinstance(last, Draft)
        assert "line 2: longer than 10,000 bytes" in str(bad)

    def test_blank_lines_and_a_mark_are_nothing(self) -> None:
        assert len(self.read(b"\xef\xbb\xbf" + json.dumps({"text": "a"}).encode(), "", "  ")) == 1

    def test_a_line_may_describe_a_text_file_beside_it(self, tmp_path: Path) -> None:
        (tmp_path / "texts").mkdir()
        (tmp_path / "texts" / "a.txt").write_text(f"Un titre au-dessus\n\n{FRENCH}", encoding="utf-8")
        (tmp_path / "all.jsonl").write_text('{"file": "texts/a.txt", "outlet": "Le Fil", "published": "2024-07-24"}\n')
        (found,) = collect(tmp_path)
        assert isinstance(found, Dispatch)
        assert (found.title, found.text, found.outlet) == ("Un titre au-dessus", FRENCH, "Le Fil")

    @pytest.mark.parametrize(
        ("file", "why"),
        [
            ("../secret.txt", "outside"),
            ("/etc/passwd", "outside"),
            ("absent.txt", "there is no"),
            ("a\0b", "no name of a file"),
            ("a" * 5000, "no name of a file"),
            (".", "there is no"),
        ],
    )
    def test_but_no_other(self, tmp_path: Path, file: str, why: str) -> None:
        (tmp_path / "secret.txt").write_text(FRENCH, encoding="utf-8")
        folder = tmp_path / "in"
        folder.mkdir()
        (folder / "all.jsonl").write_text(json.dumps({"file": file}) + "\n" + json.dumps({"text": FRENCH}))
        refused, read = collect(folder)
        assert why in str(refused)
        assert isinstance(read, Dispatch)

    def test_lines_in_utf16_are_refused_at_once(self, tmp_path: Path) -> None:
        (tmp_path / "all.jsonl").write_bytes(f"{json.dumps({'text': FRENCH})}\n{{}}\n".encode("utf-16"))
        (refused,) = collect(tmp_path)
        assert "UTF-16" in str(refused)


class TestPages:
    PAGE = """<!doctype html><html lang="en"><head><title>{title} - Le Fil</title><meta property="og:title" content="{title}">
    <meta property="og:site_name" content="Le Fil">{head}</head><body><nav><a href="/">Accueil</a> <a href="/s">Sport</a></nav>
    <article><h1>{title}</h1><p>Le pont de Kayes a rouvert lundi aux camions, après deux mois de travaux, selon le maire.</p>
    <p>« Nous tenons la date », a dit l’ingénieur en chef devant la presse réunie sur la rive.</p></article>
    <aside>Lire aussi : le prix du mil</aside><footer>© 2031 Le Fil</footer></body></html>"""

    def page(self, tmp_path: Path, head: str = "", encoding: str = "utf-8") -> Dispatch:
        path = tmp_path / "a.html"
        path.write_bytes(self.PAGE.format(title="Kayes : le pont rouvre", head=head).encode(encoding))
        return one(path)

    def test_the_article_alone_is_read(self, tmp_path: Path) -> None:
        found = self.page(tmp_path)
        assert found.title == "Kayes : le pont rouvre"
        assert found.text.startswith("Le pont de Kayes a rouvert")
        assert "Accueil" not in found.text
        assert found.outlet == "Le Fil"
        assert found.lang == "fr"

    def test_its_date_is_that_of_the_metadata(self, tmp_path: Path) -> None:
        found = self.page(tmp_path, '<meta property="article:published_time" content="2023-02-06T08:00:00Z">')
        assert (found.published, found.published_basis) == ("2023-02-06", "metadata")

    def test_else_that_of_its_address(self, tmp_path: Path) -> None:
        found = self.page(tmp_path, '<link rel="canonical" href="https://lefil.example/2023/02/07/kayes">')
        assert (found.published, found.published_basis) == ("2023-02-07", "url")

    def test_else_there_is_none(self, tmp_path: Path) -> None:
        assert self.page(tmp_path).published_basis == "unknown"

    def test_a_declared_encoding_is_obeyed(self, tmp_path: Path) -> None:
        assert "après deux mois" in self.page(tmp_path, '<meta charset="windows-1252">', "cp1252").text

    def test_a_page_of_ten_thousand_levels_is_refused_or_read(self, tmp_path: Path) -> None:
        path = tmp_path / "deep.html"
        path.write_text("<html><body>" + "<div>" * 10_000 + FRENCH + "</div>" * 10_000, encoding="utf-8")
        assert len(collect(path)) == 1

    def test_entities_are_not_fetched(self, tmp_path: Path) -> None:
        path = tmp_path / "a.html"
        secret = tmp_path / "secret.txt"
        secret.write_text("mot de passe")
        path.write_text(f'<!DOCTYPE html [<!ENTITY x SYSTEM "file://{secret}">]><html><body><p>{FRENCH} &x;</p></body></html>')
        assert not any("mot de passe" in getattr(found, "text", "") for found in collect(path))


class TestSources:
    def test_a_folder_in_the_order_of_names(self, tmp_path: Path) -> None:
        for name in ("b.txt", "a.txt", "sub/c.txt", ".hidden.txt", ".git/d.txt", "photo.png"):
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(f"{FRENCH} {name}", encoding="utf-8")
        assert [getattr(found, "ref", found) for found in collect(tmp_path)] == ["a.txt", "b.txt", "sub/c.txt"]

    @pytest.mark.parametrize(
        ("data", "refs"),
        [
            (FRENCH.encode(), ["stdin"]),
            (b'{"id": "x", "text": "Les soldats sont partis hier."}\n' * 2, ["x", "x"]),
            (TestPages.PAGE.format(title="Kayes : le pont rouvre", head="").encode(), ["stdin"]),
        ],
    )
    def test_standard_input_in_any_format(self, data: bytes, refs: list[str]) -> None:
        found = list(Collector(stdin=io.BytesIO(data)).collect(["-"]))
        assert [getattr(one, "ref", one) for one in found] == refs

    def test_a_file_of_an_unknown_name_is_told_by_its_content(self, tmp_path: Path) -> None:
        path = tmp_path / "dispatches"
        path.write_text('{"text": "Les soldats sont partis hier."}\n')
        assert one(path).text == "Les soldats sont partis hier."

    def test_how_many_there_are(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text("a")
        (tmp_path / "b.jsonl").write_text("{}\n{}\n")
        assert how_many([tmp_path]) == 3
        assert how_many([tmp_path / "a.txt"]) == 1
        assert how_many(["-"]) is None


class TestTaking:
    def test_the_id_is_that_of_the_content(self) -> None:
        row = {"text": FRENCH, "lang": "fr", "outlet": "Le Fil", "published": "2024-07-24"}
        assert take(row).id == take({**row, "id": "other"}).id
        assert take(row).id != take({**row, "outlet": "Le Cap"}).id

    def test_what_a_person_says_is_for_inputs_that_say_nothing(self) -> None:
        said = Given(published="2024-01-01", lang="fr", outlet="Le Cap")
        silent, stated = (
            finish(Draft(text=FRENCH), said),
            finish(Draft(text=FRENCH, published="2023-05-05", outlet="Le Fil"), said),
        )
        assert (silent.published, silent.outlet, silent.published_basis) == ("2024-01-01", "Le Cap", "given")
        assert (stated.published, stated.outlet) == ("2023-05-05", "Le Fil")

    def test_a_person_knows_better_than_a_page(self) -> None:
        found = finish(Draft(text=FRENCH, published="2023-05-05", basis="metadata"), Given(published="2024-01-01"))
        assert (found.published, found.published_basis) == ("2024-01-01", "given")

    @pytest.mark.parametrize(
        ("written", "read"),
        [
            ("2024-07-24", "2024-07-24"),
            ("20240724", "2024-07-24"),
            ("2024-07-24T18:40", "2024-07-24T18:40:00"),
            ("2024-07-24T18:40:00Z", "2024-07-24T18:40:00+00:00"),
            (" 2024-07-24 ", "2024-07-24"),
        ],
    )
    def test_dates_in_one_form(self, written: str, read: str) -> None:
        assert iso(written) == read

    @pytest.mark.parametrize("written", ["24/07/2024", "July 24", "2024-13-01", "2024-07", "", "hier"])
    def test_what_is_no_date(self, written: str) -> None:
        with pytest.raises(ValueError, match=r"."):
            iso(written)

    def test_a_wrong_date_is_malformed(self) -> None:
        with pytest.raises(MalformedInput, match="line 3: published: '24/07/2024'"):
            finish(draft_of({"text": FRENCH, "published": "24/07/2024"}, place="line 3"))

    def test_a_language_that_is_not_read(self) -> None:
        with pytest.raises(UnknownLanguage, match="'de' is not read; these are: en, fr"):
            take({"text": FRENCH, "lang": "de"})

    @pytest.mark.parametrize("lang", ["fr", "FR", "fr-FR", "fr-ne"])
    def test_a_language_tag_is_a_language(self, lang: str) -> None:
        assert take({"text": FRENCH, "lang": lang}).lang == "fr"


@given(st.text(max_size=300))
def test_cleaning_is_done_once(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert "\r" not in cleaned
    cleaned.encode()


@given(st.binary(max_size=400))
def test_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        text, encoding = decode(data)
    except UnreadableInput:
        return
    assert isinstance(text, str)
    assert encoding


@given(st.text(max_size=400), st.sampled_from(["fr", "en"]))
def test_any_text_can_be_taken(text: str, lang: str) -> None:
    found = take({"text": text, "lang": lang})
    assert found.text == clean(text)
    if found.dateline:
        start, end = found.dateline.span
        assert 0 <= start < end <= len(found.text)
