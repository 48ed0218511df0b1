"""Each format is accepted by its own library or schema, holds what the ledger says, and runs nothing that a dispatch wrote."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from ledger_stories import readings
from recoupe.cli import cli
from recoupe.errors import ExportError
from recoupe.export.acled import COLUMNS as ACLED
from recoupe.export.bundle import Bundle
from recoupe.export.cells import harmless
from recoupe.export.coded import coded
from recoupe.export.formats import FORMATS, export
from recoupe.export.polecat import COLUMNS as POLECAT
from recoupe.export.tables import TABLES, tables
from recoupe.ledger import Ledger
from recoupe.model import Reading
from recoupe.ontology import types
from telling import Telling

HOSTILE = '=HYPERLINK("http://evil.example") <script>alert(1)</script> \x1b[2J\u202e;\t\''
NUL_FREE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def march() -> Reading:
    t = Telling("march", "2024-06-03", "Des milliers d'enseignants ont manifesté dimanche à Lomé contre le gouvernement du Togo.")
    t.place("Lomé", "TGO", lat=6.13, lon=1.22, precision="exact", admin1="Maritime", geonames=2365267)
    t.actor("enseignants", "group", "TGO", sectors=("EDU",)).actor("gouvernement", "state", "TGO", sectors=("GOV",))
    t.time("dimanche", "2024-06-02")
    t.event("ont manifesté", "PROTEST", mode="demo", actors=("enseignants",), recipients=("gouvernement",), time="dimanche",
            place="Lomé")  # fmt: skip
    return t.reading


def clash(outlet: str, dead: int, published: str) -> Reading:
    text = f"L'armée du Mali a attaqué samedi à Gao le Jnim, et {dead} combattants sont morts."
    t = Telling(f"clash-{dead}", published, text, outlet=outlet)
    t.place("Gao", "MLI", lat=16.27, lon=-0.04, precision="exact")
    t.actor("L'armée du Mali", "organisation", "MLI", sectors=("MIL",)).actor("Jnim", "armed_group", "MLI", sectors=("REB",))
    t.time("samedi", "2024-06-01")
    t.event("a attaqué", "ASSAULT", actors=("L'armée du Mali",), recipients=("Jnim",), time="samedi", place="Gao")
    t.figure(f"{dead} combattants", dead, "dead", events=("a attaqué",), unit="combattants", place="Gao")
    return t.reading


def plans() -> Reading:
    t = Telling("plans", "2024-06-04", "Le Togo retirera ses soldats du Mali le 30 juin, a annoncé le ministre Koffi Adzo.")
    t.place("Mali", "MLI", "country").actor("Le Togo", "state", "TGO", sectors=("GOV",))
    t.actor("Koffi Adzo", "person", "TGO", role="ministre", title="ministre", sectors=("GOV",)).time("le 30 juin", "2024-06-30")
    t.statement("Le Togo retirera ses soldats du Mali le 30 juin", "Koffi Adzo", force="announce")
    t.event("retirera", "RETREAT", "planned", mode="withdraw", actors=("Le Togo",), time="le 30 juin", place="Mali",
            statement="Le Togo retirera ses soldats du Mali le 30 juin")  # fmt: skip
    return t.reading


def hostile() -> Reading:
    t = Telling("hostile", "2024-06-05", f"Le groupe {HOSTILE} a attaqué Lomé mardi.", outlet=HOSTILE, title=HOSTILE)
    t.place("Lomé", "TGO", lat=6.13, lon=1.22).actor(HOSTILE, "armed_group", "TGO").time("mardi", "2024-06-04")
    t.event("a attaqué", "ASSAULT", actors=(HOSTILE,), time="mardi", place="Lomé")
    return t.reading


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    ledger = Ledger(":memory:")
    ledger.add_all(
        [*readings(), march(), clash("Studio", 12, "2024-06-02"), clash("Le Soir", 30, "2024-06-02"), plans(), hostile()]
    )
    return Bundle.of(ledger)


def exported(bundle: Bundle, form: str, **options: Any) -> bytes:
    out = io.BytesIO()
    export(bundle, form, out, **options)
    return out.getvalue()


def lines(content: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in content.splitlines()]


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_ledger_gives_the_same_bytes(bundle: Bundle, form: str) -> None:
    if form != "xlsx":  # a zip file holds the hour of its writing
        assert exported(bundle, form) == exported(bundle, form)


@pytest.mark.parametrize("form", FORMATS)
def test_an_empty_ledger_is_written_too(form: str) -> None:
    assert exported(Bundle.of(Ledger(":memory:")), form) or FORMATS[form].suffix in (".jsonl", ".ftm.json")


def test_every_table_has_its_rows_and_a_report_its_words(bundle: Bundle) -> None:
    made = {table.name: table for table in tables(bundle)}
    assert list(made) == list(TABLES)
    assert len(made["occurrences"].rows) == len(bundle.view.occurrences) > 5
    assert {len(row) for table in made.values() for row in table.rows if len(row) != len(table.columns)} == set()
    ids = {row[0] for name in ("occurrences", "series", "commitments", "disagreements") for row in made[name].rows}
    for name, _, dispatch, _, _, part, start, end, words in made["reports"].rows:
        whole = bundle.readings[str(dispatch)].dispatch
        assert (whole.title if part == "title" else whole.text)[start:end] == words  # type: ignore[misc]
        assert name in ids


@pytest.mark.parametrize("table", TABLES)
def test_csv_and_parquet_are_read_back_alike(bundle: Bundle, table: str) -> None:
    import pandas as pd

    written = pd.read_csv(io.BytesIO(exported(bundle, "csv", table=table, bom=True)), dtype=str, keep_default_na=False)
    kept = pd.read_parquet(io.BytesIO(exported(bundle, "parquet", table=table)))
    assert list(written.columns) == list(kept.columns) == list(TABLES[table][0])
    assert len(written) == len(kept)
    for column in kept.select_dtypes("number"):
        assert pd.to_numeric(written[column]).astype(float).equals(kept[column].astype(float))


def test_parquet_columns_have_one_type_whatever_they_hold(bundle: Bundle) -> None:
    import pyarrow.parquet as pq

    full = pq.read_schema(io.BytesIO(exported(bundle, "parquet", table="commitments")))
    empty = pq.read_schema(io.BytesIO(exported(Bundle.of(Ledger(":memory:")), "parquet", table="commitments")))
    assert full.equals(empty)
    assert str(full.field("due_end").type) == "date32[day]"


def test_csv_carries_the_mark_of_utf8_only_where_it_is_asked(bundle: Bundle) -> None:
    assert exported(bundle, "csv", bom=True).startswith(b"\xef\xbb\xbf")
    assert not exported(bundle, "csv").startswith(b"\xef\xbb\xbf")


def test_a_workbook_has_a_sheet_a_table_and_days_are_days(bundle: Bundle) -> None:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(exported(bundle, "xlsx")))
    assert book.sheetnames == list(TABLES)
    sheet = book["occurrences"]
    head = [cell.value for cell in sheet[1]]
    starts = [cell.value for cell in sheet[chr(ord("A") + head.index("start"))][1:]]
    assert any(isinstance(value, dt.datetime) for value in starts)
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d", "inlineStr"}


@pytest.mark.parametrize("text", ["=1+1", "+33", "-2", "@cmd", "\t=1", "\r\n=1", " =1", "＝1+1", "=cmd|' /C calc'!A0"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert harmless(text).lstrip()[0] == "'"


@pytest.mark.parametrize("form", ["csv", "polecat", "acled"])
def test_hostile_words_stay_words_in_tables(bundle: Bundle, form: str) -> None:
    tables_of = TABLES if form == "csv" else (None,)
    for table in tables_of:
        text = exported(bundle, form, **({"table": table} if table else {})).decode()
        for row in csv.reader(io.StringIO(text, newline=""), delimiter="\t" if form == "polecat" else ","):
            assert not [cell for cell in row if cell.startswith(("=", "+", "@", "\t", "\r"))]
            assert not NUL_FREE.search("".join(row))


def test_plover_has_the_manuals_fields_and_codes(bundle: Bundle) -> None:
    rows = lines(exported(bundle, "plover"))
    required = {"id", "date", "actor", "event"}
    assert rows
    assert all(required <= set(row) for row in rows)
    assert all(set(row["event"]) <= set(types()) and row["quad_code"] in (1, 2, 3, 4) for row in rows)
    by_words = {words: row for row in rows if row["actor"] != [{"code": None}] for words in row["event_text"]}
    assert by_words["ont manifesté"]["event_loc"]["lat"] == 6.13
    assert by_words["ont manifesté"]["actor"] == [{"code": "TGO", "sector": "EDU", "entity_text": "enseignants"}]
    assert by_words["retirera"]["event"] == ["CONCEDE"], "a withdrawal that is announced is a concession in the manual"
    fight = next(row for row in rows if row.get("event_loc", {}).get("resolved_place") == "Gao")
    assert fight["size"] == {"dead": 12}, "the lowest of what is told"


def test_what_did_not_happen_is_no_plover_event(bundle: Bundle) -> None:
    denied = {o.id for o in bundle.view.occurrences if o.status == "denied"}
    assert not denied & {row["id"] for row in lines(exported(bundle, "plover"))}


def test_polecat_has_its_forty_columns(bundle: Bundle) -> None:
    rows = list(csv.DictReader(io.StringIO(exported(bundle, "polecat").decode(), newline=""), delimiter="\t"))
    assert len(POLECAT) == 40
    assert len(set(POLECAT)) == 40
    assert list(rows[0]) == list(POLECAT)
    row = next(r for r in rows if r["Placename"] == "Lomé" and r["Event Type"] == "PROTEST")
    assert (row["Actor Country"], row["Primary Actor Sector"], row["Quad Code"], row["Event Date"]) == (
        "TGO",
        "EDU",
        "4",
        "2024-06-02",
    )


def acled_rows(bundle: Bundle) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(exported(bundle, "acled").decode(), newline="")))


def test_acled_has_its_thirty_one_columns_and_only_what_it_holds(bundle: Bundle) -> None:
    rows = acled_rows(bundle)
    assert len(ACLED) == 31
    assert list(rows[0]) == list(ACLED)
    assert {row["event_type"] for row in rows} <= {
        "Battles", "Explosions/Remote violence", "Violence against civilians", "Protests", "Riots", "Strategic developments"
    }  # fmt: skip
    announced = {o.id for o in bundle.view.occurrences if o.status in ("announced", "denied")}
    assert not announced & {row["event_id_cnty"] for row in rows}


def test_acled_codes_the_lowest_toll_and_notes_the_dispute(bundle: Bundle) -> None:
    row = next(r for r in acled_rows(bundle) if r["location"] == "Gao")
    assert (row["event_type"], row["sub_event_type"], row["inter1"], row["inter2"]) == (
        "Battles", "Armed clash", "State forces", "Rebel group"
    )  # fmt: skip
    assert (row["fatalities"], row["iso"], row["region"], row["time_precision"]) == ("12", "466", "Western Africa", "1")
    assert "12, 30" in row["notes"]


def test_acled_codes_a_march(bundle: Bundle) -> None:
    row = next(r for r in acled_rows(bundle) if r["event_type"] == "Protests")
    assert (row["sub_event_type"], row["inter1"], row["disorder_type"]) == ("Peaceful protest", "Protesters", "Demonstrations")


def test_geojson_is_valid_and_longitude_comes_first(bundle: Bundle) -> None:
    import geojson

    made = geojson.loads(exported(bundle, "geojson").decode())
    assert made.is_valid, made.errors()
    assert len(made.features) == len(list(coded(bundle)))
    lome = next(f for f in made.features if f.properties["place"] == "Lomé" and f.properties["type"] == "PROTEST")
    assert lome.geometry.coordinates == [1.22, 6.13]
    assert [f for f in made.features if f.geometry is None], "what has no coordinates is kept"


def test_timelinejs_has_dates_and_escaped_words(bundle: Bundle) -> None:
    made = json.loads(exported(bundle, "timelinejs"))
    assert made["events"]
    for event in made["events"]:
        assert set(event["start_date"]) == {"year", "month", "day"}
        assert event["text"]["headline"]
        assert "<script" not in json.dumps(event)
    assert len({event["unique_id"] for event in made["events"]}) == len(made["events"])


def test_a_calendar_is_read_back_with_its_deadlines(bundle: Bundle) -> None:
    from icalendar import Calendar

    calendar = Calendar.from_ical(exported(bundle, "ics"))
    entries = {str(e["uid"]): e for e in calendar.walk("VEVENT")}
    due = next(c for c in bundle.view.commitments if c.due_end == "2024-06-30")
    entry = entries[f"{due.id}@recoupe"]
    assert entry.decoded("dtstart") <= dt.date(2024, 6, 30)
    assert entry.decoded("dtend") == dt.date(2024, 7, 1), "the end is exclusive"
    assert len(entries) == len(calendar.walk("VEVENT"))


@pytest.mark.parametrize("form", ["gexf", "graphml"])
def test_a_graph_is_read_back_with_its_edges(bundle: Bundle, form: str) -> None:
    import networkx as nx

    content = io.BytesIO(exported(bundle, form))
    made = nx.read_gexf(content) if form == "gexf" else nx.read_graphml(content, force_multigraph=True)
    assert made.is_directed()
    assert made.has_edge("enseignants (TGO)", "gouvernement (TGO)")
    assert made.nodes["enseignants (TGO)"]["sector"] == "EDU"


@cache
def annotation_context() -> dict[str, Any]:
    """What the recommendation's own context says of the terms that are used here."""
    oa, dc = "http://www.w3.org/ns/oa#", "http://purl.org/dc/terms/"
    terms = {
        "id": "@id", "type": "@type", "oa": oa, "Annotation": f"{oa}Annotation", "TextualBody": f"{oa}TextualBody",
        "TextQuoteSelector": f"{oa}TextQuoteSelector", "TextPositionSelector": f"{oa}TextPositionSelector",
        "Text": "http://purl.org/dc/dcmitype/Text", "body": {"@id": f"{oa}hasBody", "@type": "@id"},
        "target": {"@id": f"{oa}hasTarget", "@type": "@id"}, "source": {"@id": f"{oa}hasSource", "@type": "@id"},
        "selector": {"@id": f"{oa}hasSelector", "@type": "@id"}, "exact": f"{oa}exact", "prefix": f"{oa}prefix",
        "suffix": f"{oa}suffix", "start": f"{oa}start", "end": f"{oa}end", "format": f"{dc}format", "language": f"{dc}language",
        "motivation": {"@id": f"{oa}motivatedBy", "@type": "@vocab"}, "classifying": f"{oa}classifying",
        "value": "http://www.w3.org/1999/02/22-rdf-syntax-ns#value", "as": "https://www.w3.org/ns/activitystreams#",
        "AnnotationCollection": "as:OrderedCollection", "AnnotationPage": "as:OrderedCollectionPage", "first": "as:first",
        "items": "as:items", "total": "as:totalItems", "startIndex": "as:startIndex",
    }  # fmt: skip
    return {"@context": terms}


def test_annotations_expand_and_their_selectors_find_the_words(bundle: Bundle) -> None:
    from pyld import jsonld

    made = json.loads(exported(bundle, "jsonld"))
    loaded = {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": made["@context"][0],
              "document": annotation_context()}  # fmt: skip
    (expanded,) = jsonld.expand(made, {"documentLoader": lambda url, options: loaded})
    assert expanded["https://www.w3.org/ns/activitystreams#totalItems"][0]["@value"] == made["total"] > 10
    texts = {r.dispatch.url or f"urn:recoupe:{name}": r.dispatch for name, r in bundle.readings.items()}
    for item in made["first"]["items"]:
        dispatch, selectors = texts[item["target"]["source"]["id"]], item["target"]["selector"]
        quote = selectors[0]
        whole = dispatch.text if len(selectors) == 2 else dispatch.title
        assert quote["prefix"] + quote["exact"] + quote["suffix"] in whole
        if len(selectors) == 2:
            assert whole[selectors[1]["start"] : selectors[1]["end"]] == quote["exact"]
    assert len({item["id"] for item in made["first"]["items"]}) == made["total"]


def test_followthemoney_accepts_every_entity_and_every_reference_leads_somewhere(bundle: Bundle) -> None:
    pytest.importorskip("followthemoney", reason="followthemoney needs ICU, which is not there", exc_type=ImportError)
    from followthemoney import model

    entities = lines(exported(bundle, "ftm"))
    ids = {entity["id"] for entity in entities}
    assert len(ids) == len(entities)
    assert {entity["schema"] for entity in entities} >= {"Event", "Article", "Mention", "Person", "Organization"}
    for entity in entities:
        proxy = model.get_proxy(entity)
        model.get(proxy.schema.name).validate(entity)
        assert set(proxy.to_dict()["properties"]) == set(entity["properties"]), "nothing was dropped as invalid"
        for name, value in proxy.itervalues():
            if name.type.name == "entity":
                assert value in ids


def test_the_ledger_as_json_is_its_own_export(bundle: Bundle) -> None:
    made = json.loads(exported(bundle, "json"))
    assert [o["id"] for o in made["occurrences"]] == [o.id for o in bundle.view.occurrences]


@pytest.mark.parametrize(
    ("form", "options", "said"),
    [
        ("docx", {}, "csv"),
        ("csv", {"table": "occurences"}, "occurrences"),
        ("geojson", {"table": "series"}, "csv, parquet"),
    ],
)
def test_what_cannot_be_written_is_said(bundle: Bundle, form: str, options: dict[str, Any], said: str) -> None:
    with pytest.raises(ExportError, match=said):
        exported(bundle, form, **options)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("export") / "story.db"
    with Ledger(path) as ledger:
        ledger.add_all([*readings(), march()])
    return path


@pytest.mark.parametrize("form", [*FORMATS, "md", "html"])
def test_the_command_writes_each_format_to_a_file_and_to_a_pipe(kept: Path, tmp_path: Path, form: str) -> None:
    out = tmp_path / "out"
    runner = CliRunner()
    result = runner.invoke(cli, ["export", form, "--ledger", str(kept), "-o", str(out)], catch_exceptions=False)
    assert (result.exit_code, result.output) == (0, "")
    piped = runner.invoke(cli, ["export", form, "--ledger", str(kept)], catch_exceptions=False)
    assert piped.exit_code == 0
    if form not in ("xlsx", "csv"):
        assert piped.stdout_bytes.rstrip() == out.read_bytes().rstrip()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out"]


def test_a_failed_export_leaves_the_old_file(kept: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    out.write_text("old")
    result = CliRunner().invoke(cli, ["export", "csv", "--table", "nonsense", "--ledger", str(kept), "-o", str(out)])
    assert isinstance(result.exception, ExportError)
    assert out.read_text() == "old"
    assert list(tmp_path.iterdir()) == [out]


DOCUMENTED = re.findall(r"^    recoupe (export .+)$", (Path(__file__).parent.parent / "docs/exports.md").read_text("utf-8"), re.M)


def test_every_format_is_documented() -> None:
    assert {command.split()[1] for command in DOCUMENTED} == {*FORMATS, "md", "html"}


@pytest.mark.parametrize("command", DOCUMENTED)
def test_each_documented_command_writes_its_file(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(cli, command.split(), env={"RECOUPE_LEDGER": str(kept)}, catch_exceptions=False)
    assert (result.exit_code, result.output) == (0, "")
    (written,) = tmp_path.iterdir()
    assert written.name == command.split()[-1]
    assert written.stat().st_size > 100
