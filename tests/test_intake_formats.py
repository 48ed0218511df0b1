"""Each format: told by its content, read as it is, and refused with its place and the reason."""

from __future__ import annotations

import gzip
import io
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from intake_samples import FILES, SAMPLES, archive, atom, kinds, lines, ninjs, page, rss, table, warc
from recoupe.errors import InputError
from recoupe.intake.draft import Given
from recoupe.intake.formats import recognised
from recoupe.intake.inputs import Input, buffered
from recoupe.intake.rows import columns_of
from recoupe.intake.sources import Collector
from recoupe.model import Dispatch

FRENCH = "Les soldats ont quitté la base dans la nuit, a dit le ministre."
BRIDGE = SAMPLES[0]


def taken(data: bytes | str, name: str = "", **options: Any) -> list[Dispatch | InputError]:
    """What a stream gives, without the help of a name."""
    raw = data.encode() if isinstance(data, str) else data
    return list(Collector(stdin=io.BytesIO(raw), **options).collect(["-"]))


def written(tmp_path: Path, name: str, data: bytes | str, **options: Any) -> list[Dispatch | InputError]:
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return list(Collector(**options).collect([path]))


def titles(found: list[Dispatch | InputError]) -> list[str]:
    return [one.title if isinstance(one, Dispatch) else str(one) for one in found]


ALL = [sample.title for sample in SAMPLES]


class TestRecognition:
    @pytest.mark.parametrize("kind", kinds())
    def test_no_name_is_needed(self, kind: str) -> None:
        assert titles(taken(FILES[kind][1]())) == ALL

    @pytest.mark.parametrize("kind", kinds())
    @pytest.mark.parametrize("name", ["wrong.txt", "wrong.html", "wrong.dat"])
    def test_a_wrong_name_misleads_nobody(self, kind: str, name: str, tmp_path: Path) -> None:
        assert titles(written(tmp_path, name, FILES[kind][1]())) == ALL

    @pytest.mark.parametrize(
        ("data", "form"),
        [
            (b'{"text": "a"}\n{"text": "b"}\n', "jsonl"),
            (b'{"text": "a"}', "jsonl"),
            (b'{\n "text": "a"\n}', "json"),
            (b'[{"text": "a"}]', "json"),
            (b"{Ce qui suit est entre accolades}", "plain"),
            (b"[AFP] Le pont rouvre", "plain"),
            (b"<<Le pont rouvre>>, dit-il.", "plain"),
            (b"title,text\na,b\n", "csv"),
            (b'"title";"text"\r\n"a";"b"\r\n', "csv"),
            (b"Le texte, le titre\n\nLe pont rouvre.", "plain"),
            (b"\n  <!-- a --><!DOCTYPE html><html><p>a", "html"),
            (b"<p>Le pont rouvre.</p>", "html"),
            (b'<?xml version="1.0"?><!-- a --><rss version="2.0">', "feed"),
            (b'<atom:feed xmlns:atom="http://www.w3.org/2005/Atom">', "feed"),
            (b'<rdf:RDF xmlns:rdf="a">', "feed"),
            (b'<n:newsItem xmlns:n="http://iptc.org/std/nar/2006-10-01/">', "newsml"),
            ("<rss version='2.0'>".encode("utf-16"), "feed"),
        ],
    )
    def test_by_the_first_bytes(self, data: bytes, form: str) -> None:
        assert recognised(Input(stream=buffered(io.BytesIO(data)), ref="stdin", source="stdin")) == form

    @pytest.mark.parametrize(
        ("data", "why"),
        [
            (b"%PDF-1.7 \n", "a PDF, which is not read"),
            (b'<?xml version="1.0"?><invoice/>', "XML of a kind that is not read (<invoice>)"),
            (b'<opml version="2.0"><body/></opml>', "a list of feeds (OPML): give it to `recoupe watch`"),
        ],
    )
    def test_what_is_not_read_is_called_by_its_name(self, data: bytes, why: str) -> None:
        assert [str(one) for one in taken(data)] == [f"standard input: {why}"]

    def test_a_person_knows_better(self) -> None:
        (found,) = taken("text,title\nSans doute, mais les soldats ont quitté la base dans la nuit.", form="plain")
        assert isinstance(found, Dispatch)
        assert found.text.startswith("text,title")

    def test_a_folder_of_all(self, tmp_path: Path) -> None:
        for number, kind in enumerate(kinds()):
            name, make = FILES[kind]
            (tmp_path / f"{number:02}-{name}").write_bytes(make())
        found = list(Collector().collect([tmp_path]))
        assert len(found) == len(kinds()) * len(ALL)
        assert not [one for one in found if isinstance(one, InputError)]


class TestTables:
    ROW = f'num,corps,date,titre\n1,"{FRENCH}",2024-07-24,Le départ\n'

    def test_columns_are_mapped_and_others_kept(self, tmp_path: Path) -> None:
        (found,) = written(tmp_path, "a.csv", self.ROW, columns=columns_of("text=corps, published=date,title=titre"))
        assert isinstance(found, Dispatch)
        assert (found.text, found.published, found.title) == (FRENCH, "2024-07-24", "Le départ")
        assert found.extra == {"num": "1"}

    def test_a_table_without_text_says_what_it_has_and_what_to_write(self, tmp_path: Path) -> None:
        (refused,) = written(tmp_path, "a.csv", self.ROW)
        assert str(refused).endswith(
            "there is no column 'text'; its columns are num, corps, date, titre;"
            " say which is: --map text=corps,title=titre,published=date"
        )

    def test_a_column_that_is_not_there(self, tmp_path: Path) -> None:
        (refused,) = written(tmp_path, "a.csv", self.ROW, columns={"text": "body"})
        assert "there is no column 'body' for text; its columns are num, corps, date, titre" in str(refused)

    @pytest.mark.parametrize(
        ("mapping", "why"),
        [
            ("text", "'text' is no NAME=COLUMN"),
            ("txt=body", "'txt' is nothing that a dispatch has .*; is 'text' meant"),
            ("=a", "is no NAME=COLUMN"),
        ],
    )
    def test_a_mapping_that_is_none(self, mapping: str, why: str) -> None:
        with pytest.raises(ValueError, match=why):
            columns_of(mapping)

    def test_a_bad_row_is_named_and_the_rest_is_done(self, tmp_path: Path) -> None:
        rows = f'text,published\n"{FRENCH}",2024-07-24\n,2024-07-24\n"{FRENCH}",hier\n"{FRENCH}\nEt après.",2024-07-25\n'
        first, empty, undated, last = written(tmp_path, "a.csv", rows)
        assert isinstance(first, Dispatch)
        assert str(empty).endswith("line 3: its text is empty")
        assert "line 4: published: 'hier' is no date" in str(undated)
        assert isinstance(last, Dispatch)
        assert last.text == f"{FRENCH}\nEt après."

    def test_dates_of_parquet_are_dates(self, tmp_path: Path) -> None:
        import datetime as dt

        out = io.BytesIO()
        rows = {
            "body": [FRENCH, FRENCH],
            "day": [dt.date(2024, 7, 24), dt.date(2024, 7, 25)],
            "at": [dt.datetime(2024, 7, 24, 18, 40)] * 2,
        }
        pq.write_table(pa.table(rows), out)
        by_day = written(tmp_path, "a.parquet", out.getvalue(), columns={"text": "body", "published": "day"})
        by_moment = written(tmp_path, "a.parquet", out.getvalue(), columns={"text": "body", "published": "at"})
        assert [getattr(one, "published", one) for one in by_day] == ["2024-07-24", "2024-07-25"]
        assert getattr(by_moment[0], "published", None) == "2024-07-24T18:40:00"

    def test_json_can_be_mapped_too(self, tmp_path: Path) -> None:
        (found,) = written(tmp_path, "a.json", json.dumps([{"body": FRENCH}]), columns={"text": "body"})
        assert isinstance(found, Dispatch)

    def test_without_pyarrow_parquet_says_what_to_do(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(__import__("sys").modules, "pyarrow.parquet", None)
        (refused,) = written(tmp_path, "a.parquet", b"PAR1")
        assert 'pip install "recoupe[parquet]"' in str(refused)


class TestArchives:
    def test_files_of_every_kind_in_the_order_of_names(self) -> None:
        files = {
            "b/page.html": page(BRIDGE).encode(),
            "a.jsonl": lines(),
            "note.md": b"no",
            ".hidden.txt": b"no",
            "__MACOSX/a.txt": b"no",
        }
        found = taken(archive(files))
        assert titles(found) == [*ALL, BRIDGE.title]
        assert getattr(found[-1], "ref", None) == "stdin/b/page.html"

    def test_archives_in_archives(self) -> None:
        assert titles(taken(archive({"1.zip": archive({"2.warc.gz": warc(packed=True)})}))) == ALL

    def test_a_refusal_names_the_archive_and_the_file(self, tmp_path: Path) -> None:
        (refused,) = written(tmp_path, "a.zip", archive({"in/b.txt": b"\xff\xfe\x00"}))
        assert str(refused).startswith(f"{tmp_path / 'a.zip'}: in/b.txt: ")

    def test_one_with_nothing_to_read(self, tmp_path: Path) -> None:
        (refused,) = written(tmp_path, "a.zip", archive({"photo.jpg": b"\xff\xd8"}))
        assert "nothing to read in this archive" in str(refused)

    def test_one_that_is_locked(self, tmp_path: Path) -> None:
        data = bytearray(archive({"a.txt": FRENCH.encode()}))
        data[6] |= 1
        data[data.index(b"PK\x01\x02") + 8] |= 1
        (refused,) = written(tmp_path, "a.zip", bytes(data))
        assert str(refused).endswith("a.zip: a.txt: it is locked with a password")

    def test_gzip_of_anything(self, tmp_path: Path) -> None:
        assert titles(written(tmp_path, "feed.xml.gz", gzip.compress(rss().encode()))) == ALL
        (found,) = written(tmp_path, "a.txt.gz", gzip.compress(FRENCH.encode()))
        assert getattr(found, "ref", None) == "a.txt"


class TestWarc:
    def test_a_page_is_of_its_address_and_the_day_of_the_crawl_is_not_its_day(self) -> None:
        first, *_ = taken(warc())
        assert isinstance(first, Dispatch)
        assert (first.ref, first.published_basis) == (BRIDGE.url, "metadata")
        assert first.extra["archived"][:2] == "20"

    def test_one_without_pages(self) -> None:
        data = warc().split(b"WARC/1.0")[1]
        (refused,) = taken(b"WARC/1.0" + data)
        assert "no page is found in this WARC file" in str(refused)

    def test_one_that_is_cut_off_gives_what_there_is(self) -> None:
        found = taken(warc()[:-1500])
        assert titles(found)[:2] == ALL[:2]


class TestFeeds:
    ITEM = "<rss version='2.0'><channel><title>Le Fleuve</title><item>{}</item></channel></rss>"

    def one(self, inside: str) -> Dispatch:
        (found,) = taken(self.ITEM.format(inside))
        assert isinstance(found, Dispatch), found
        return found

    def test_the_source_of_the_item_is_kept(self) -> None:
        item = f"<title>Le pont rouvre</title><description>{FRENCH}</description>"
        assert self.one(item).outlet == "Le Fleuve"
        assert self.one(f"{item}<source url='https://b.example'>Le Bac</source>").outlet == "Le Bac"

    def test_the_fullest_text_is_taken(self) -> None:
        full = "<content:encoded xmlns:content='http://purl.org/rss/1.0/modules/content/'><![CDATA[<p>{}</p><p>Fin.</p>]]></content:encoded>"
        found = self.one(f"<title>T</title><description>Résumé.</description>{full.format(FRENCH)}")
        assert found.text == f"{FRENCH}\nFin."
        assert "part" not in found.extra

    def test_a_summary_says_so(self) -> None:
        assert self.one(f"<title>Le pont rouvre</title><description>{FRENCH}</description>").extra["part"] == "summary"

    def test_markup_is_cleaned_and_what_is_cut_is_said(self) -> None:
        html = (
            f"&lt;p&gt;{FRENCH}&lt;/p&gt;&lt;p&gt;&lt;a href='/x'&gt;Lire aussi : Le bac&lt;/a&gt;&lt;/p&gt;"
            "&lt;p&gt;L’article Le pont rouvre est apparu en premier sur Le Fleuve.&lt;/p&gt;"
        )
        found = self.one(f"<title>L&amp;#8217;été &lt;b&gt;arrive&lt;/b&gt;</title><description>{html}</description>")
        assert (found.title, found.text) == ("L’été arrive", FRENCH)
        assert [cut["kind"] for cut in found.extra["cut"]] == ["read_also", "origin"]

    def test_a_title_alone_is_the_text(self) -> None:
        found = self.one("<title>Le pont de Labbezanga a rouvert aux camions</title>")
        assert (found.title, found.text) == ("", "Le pont de Labbezanga a rouvert aux camions")

    def test_an_agency_that_signs(self) -> None:
        item = f"<title>T</title><description>{FRENCH}</description><dc:creator xmlns:dc='http://purl.org/dc/elements/1.1/'>AFP</dc:creator>"
        assert self.one(item).agency == "AFP"

    @pytest.mark.parametrize(
        ("written", "published", "doubt"),
        [
            ("Tue, 12 Mar 2024 17:05:00 +0100", "2024-03-12T17:05:00+01:00", None),
            ("Wed, 12 Mar 2024 17:05:00 GMT", None, "«Wed, 12 Mar 2024 17:05:00 GMT»: that day was a Tuesday"),
            ("Wed, 13 Mar 2024 00:30:00 +0200", "2024-03-13T00:30:00+02:00", None),
            ("2024-03-12", "2024-03-12T00:00:00+00:00", None),
            ("hier soir", None, None),
        ],
    )
    def test_dates(self, written: str, published: str | None, doubt: str | None) -> None:
        found = self.one(f"<title>T</title><description>{FRENCH}</description><pubDate>{written}</pubDate>")
        assert found.published == published
        assert found.extra.get("doubts") == ([doubt] if doubt else None)

    def test_an_item_without_words_is_named_and_the_rest_is_done(self) -> None:
        items = f"<item><link>https://a.example</link></item><item><title>{FRENCH}</title></item>"
        refused, found = taken(f"<rss version='2.0'><channel><title>F</title>{items}</channel></rss>")
        assert "item 1: there is no text in it" in str(refused)
        assert isinstance(found, Dispatch)

    def test_latin_1_that_its_declaration_states(self) -> None:
        text = self.ITEM.format(f"<title>T</title><description>{FRENCH}</description>")
        (found,) = taken(f'<?xml version="1.0" encoding="ISO-8859-1"?>{text}'.encode("latin-1"))
        assert getattr(found, "text", found) == FRENCH
        assert found.extra["encoding"] == "iso-8859-1"  # type: ignore[union-attr]

    @pytest.mark.parametrize(
        ("data", "why"), [("<rss version='2.0'><channel/></rss>", "without items"), ("<feed></feed>", "no RSS|without items")]
    )
    def test_what_is_none(self, data: str, why: str) -> None:
        (refused,) = taken(data)
        assert __import__("re").search(why, str(refused))

    def test_atom_in_xhtml(self) -> None:
        entry = f"<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>{FRENCH}</p><p>Fin.</p></div></content>"
        data = atom().split("<content")[0] + entry + "</entry></feed>"
        (found,) = taken(data)
        assert getattr(found, "text", found) == f"{FRENCH}\nFin."


STRING, MOMENT = {"type": "string"}, {"type": "string", "format": "date-time"}
STATUS = {"enum": ["usable", "withheld", "canceled"]}
SHARED = {
    "uri": {"type": "string", "format": "uri"},
    "type": {"enum": ["text", "picture"]},
    "version": STRING,
    "language": STRING,
}
VALUES = {"type": "array", "items": {"type": "object", "required": ["value"], "additionalProperties": False}}


def schema(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": ["uri"], "additionalProperties": False, "properties": {**SHARED, **properties}}


def valued(*names: str) -> dict[str, Any]:
    return {**VALUES, "items": {**VALUES["items"], "properties": dict.fromkeys(("value", *names), STRING)}}  # type: ignore[dict-item]


DIALECTS: Mapping[int, dict[str, Any]] = {
    1: schema({"versioncreated": MOMENT, "pubstatus": STATUS, "headline": STRING, "copyrightholder": STRING, "body_text": {}}),
    2: schema(
        {
            "versioncreated": MOMENT, "pubstatus": STATUS, "standard": {"type": "object"}, "copyrightholder": STRING,
            "headlines": valued("role"), "bodies": valued("role", "contenttype"),
        }
    ),
    3: schema(
        {
            "versionCreated": MOMENT, "pubStatus": STATUS, "standard": {"type": "object"}, "copyrightHolder": STRING,
            "headlines": valued("role"), "bodies": valued("role", "contentType"),
        }
    ),
}  # fmt: skip


class TestNinjs:
    @pytest.mark.parametrize("major", [1, 2, 3])
    def test_the_samples_are_of_their_dialect(self, major: int) -> None:
        """As far as the samples go, in our own words; and against the standard itself where RECOUPE_NINJS says where it lies."""
        for sample in SAMPLES:
            jsonschema.validate(ninjs(sample, major), DIALECTS[major])
        folder = os.environ.get("RECOUPE_NINJS")
        if folder:
            standard = json.loads((Path(folder) / f"ninjs-schema_{ {1: '1.5', 2: '2.1', 3: '3.0'}[major] }.json").read_text())
            for sample in SAMPLES:
                jsonschema.validators.validator_for(standard)(standard).validate(ninjs(sample, major))

    @pytest.mark.parametrize("major", [1, 2, 3])
    def test_each_is_told_by_its_content_in_lines_too(self, major: int) -> None:
        assert titles(taken("\n".join(json.dumps(ninjs(sample, major)) for sample in SAMPLES))) == ALL

    def test_what_it_says_besides_is_kept(self) -> None:
        item = {**ninjs(BRIDGE, 1), "byline": "Awa Sy", "slugline": "mali-pont", "infosource": [{"name": "AFP"}]}
        (found,) = taken(json.dumps(item))
        assert isinstance(found, Dispatch)
        assert (found.extra["byline"], found.extra["slug"], found.agency) == ("Awa Sy", "mali-pont", "AFP")

    def test_a_plain_body_is_preferred(self) -> None:
        item = ninjs(BRIDGE, 3)
        item["bodies"] = [item["bodies"][0], {"role": "main", "contentType": "text/plain", "value": FRENCH}]
        (found,) = taken(json.dumps(item))
        assert getattr(found, "text", found) == FRENCH


def test_what_a_person_says_of_inputs_reaches_every_format() -> None:
    (found,) = Collector(
        Given(outlet="Le Bac", published="2024-01-01"), stdin=io.BytesIO(archive({"a.txt": FRENCH.encode()}))
    ).collect(["-"])
    assert isinstance(found, Dispatch)
    assert (found.outlet, found.published) == ("Le Bac", "2024-01-01")


def test_a_table_of_any_length_is_read_row_by_row(tmp_path: Path) -> None:
    """Twenty megabytes: more than one dispatch may have, less than a table may."""
    row = f'"{FRENCH * 100}"\n'
    path = tmp_path / "a.csv"
    path.write_text("text\n" + row * (20_000_000 // len(row)), encoding="utf-8")
    first = next(iter(Collector().collect([path])))
    assert isinstance(first, Dispatch)


def test_excel_tables_in_any_of_its_encodings() -> None:
    for separator, encoding in ((";", "cp1252"), ("\t", "utf-16"), (",", "utf-8")):
        assert titles(taken(table(separator, encoding))) == ALL
