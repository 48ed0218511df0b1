"""An archive is read once, in order, whatever happens on the way."""

from __future__ import annotations

import json
import os
import random
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from recoupe.cli import cli
from recoupe.errors import JobError
from recoupe.intake import take
from recoupe.intake.sources import Collector
from recoupe.language import languages
from recoupe.ledger import Ledger
from recoupe.model import Dispatch
from recoupe.reading.events.frames import lexicon
from recoupe.reading.pipeline import Reader
from recoupe.scale import Progress, code
from recoupe.scale.coding import PIECE
from recoupe.scale.skim import Skimmer, blanked
from recoupe.scale.wanted import wanted
from scale_stub import BROKEN, DEADLY, Stub, archive, dies, touching, work

forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a forked process")


def refs(output: Path) -> list[str]:
    return [json.loads(line)["dispatch"]["ref"] for line in output.read_bytes().splitlines()]


def refused(output: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in Path(f"{output}.refused.jsonl").read_bytes().splitlines()]


class TestJob:
    def test_every_dispatch_once_in_order(self, tmp_path: Path) -> None:
        told = code(archive(tmp_path / "in.jsonl", 3 * PIECE + 5), tmp_path / "out.jsonl", work())
        assert refs(tmp_path / "out.jsonl") == [f"d{n}" for n in range(3 * PIECE + 5)]
        assert (told.read, told.refused, told.resumed) == (3 * PIECE + 5, 0, 0)
        assert sorted(p.name for p in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]

    def test_what_cannot_be_read_is_named_with_its_reason(self, tmp_path: Path) -> None:
        broken = json.dumps({"id": "b", "lang": "fr", "text": BROKEN})
        source = archive(tmp_path / "in.jsonl", PIECE, extra=["no JSON", '{"text": "Hola", "lang": "es"}', broken])
        told = code(source, tmp_path / "out.jsonl", work())
        assert told.refused == 3
        assert refs(tmp_path / "out.jsonl") == [f"d{n}" for n in range(PIECE)]
        assert [row["reason"][:12] for row in refused(tmp_path / "out.jsonl")] == ["no JSON: JSO", "language 'es", "RuntimeError"]
        assert refused(tmp_path / "out.jsonl")[0]["place"] == f"line {PIECE // 2 + 1}"

    def test_parquet_holds_a_row_a_dispatch(self, tmp_path: Path) -> None:
        pq = pytest.importorskip("pyarrow.parquet", reason="pyarrow comes with the extra `parquet`")
        code(archive(tmp_path / "in.jsonl", 60), tmp_path / "out.parquet", work())
        rows = pq.read_table(tmp_path / "out.parquet").to_pylist()
        assert [row["ref"] for row in rows] == [f"d{n}" for n in range(60)]
        assert json.loads(rows[0]["events"]) == []

    @pytest.mark.parametrize(
        ("source", "output", "says"),
        [
            ("in.jsonl", "out.csv", "must end in"),
            ("nowhere.jsonl", "out.jsonl", "no such"),
            ("-", "out.jsonl", "stream"),
        ],
    )
    def test_what_cannot_begin_is_said(self, tmp_path: Path, source: str, output: str, says: str) -> None:
        archive(tmp_path / "in.jsonl", 2)
        with pytest.raises(JobError, match=says):
            code(Path(source) if source == "-" else tmp_path / source, tmp_path / output, work())

    def test_an_output_is_not_overwritten(self, tmp_path: Path) -> None:
        source, output = archive(tmp_path / "in.jsonl", 2), tmp_path / "out.jsonl"
        code(source, output, work())
        with pytest.raises(JobError, match="is there already"):
            code(source, output, work())
        archive(source, 3)
        code(source, output, work(), restart=True)
        assert len(refs(output)) == 3

    @forks
    def test_another_job_is_not_gone_on_with(self, tmp_path: Path) -> None:
        source, output = archive(tmp_path / "in.jsonl", PIECE * 4), tmp_path / "out.jsonl"
        assert dies(9, lambda: code(source, output, work()), touching(tmp_path / "out.jsonl.parts"))
        archive(source, PIECE * 5)
        with pytest.raises(JobError, match="another job"):
            code(source, output, work())

    @forks
    @pytest.mark.parametrize("form", ["jsonl", "parquet"])
    def test_killed_at_ten_points_nothing_is_lost_or_doubled(self, tmp_path: Path, form: str) -> None:
        if form == "parquet":
            pytest.importorskip("pyarrow", reason="pyarrow comes with the extra `parquet`")
        source = archive(tmp_path / "in.jsonl", PIECE * 4 + 7, extra=["no JSON"])
        whole, chance, killed = tmp_path / f"whole.{form}", random.Random(10), 0
        code(source, whole, work())
        for n in range(10):
            output = tmp_path / f"out{n}.{form}"
            run = partial(code, source, output, work())
            killed += dies(chance.randint(1, 22), run, touching(output))
            dies(chance.randint(1, 12), run, touching(output))
            if not output.exists() or Path(f"{output}.parts").exists():
                run()
            assert output.read_bytes() == whole.read_bytes()
            assert Path(f"{output}.refused.jsonl").read_bytes() == Path(f"{whole}.refused.jsonl").read_bytes()
            assert not Path(f"{output}.parts").exists()
        assert killed > 5

    @forks
    def test_what_was_done_is_not_read_again(self, tmp_path: Path) -> None:
        source, output = archive(tmp_path / "in.jsonl", PIECE * 4), tmp_path / "out.jsonl"
        parts = tmp_path / "out.jsonl.parts"
        assert dies(9, lambda: code(source, output, work()), touching(parts))
        done = len(list(parts.glob("*[0-9].jsonl")))
        told = code(source, output, work(), progress=Progress())
        assert told.resumed == done * PIECE > 0
        assert told.read == (4 - done) * PIECE

    def test_workers_give_the_same_and_outlive_what_kills_them(self, tmp_path: Path) -> None:
        deadly = json.dumps({"id": "deadly", "lang": "fr", "text": DEADLY})
        source = archive(tmp_path / "in.jsonl", PIECE * 2)
        code(source, tmp_path / "one.jsonl", work())
        archive(source, PIECE * 2, extra=[deadly])
        told = code(source, tmp_path / "two.jsonl", work(Stub), workers=2)
        assert (tmp_path / "two.jsonl").read_bytes() == (tmp_path / "one.jsonl").read_bytes()
        assert told.refused == 1
        assert "died" in refused(tmp_path / "two.jsonl")[0]["reason"]


@forks
def test_a_ledger_killed_at_ten_points_is_that_of_an_undisturbed_run(tmp_path: Path) -> None:
    source = archive(tmp_path / "in.jsonl", 12)

    def add(path: Path) -> None:
        with Ledger(path, reader=Stub()) as ledger:  # type: ignore[arg-type]
            for dispatch in Collector().collect([source]):
                ledger.add(dispatch)  # type: ignore[arg-type]

    def statements(step: object) -> None:
        sa.event.listen(sa.Engine, "before_cursor_execute", lambda *_: step())  # type: ignore[operator]
        sa.event.listen(sa.Engine, "commit", lambda *_: step())  # type: ignore[operator]

    add(tmp_path / "whole.db")
    chance, killed = random.Random(3), 0
    with Ledger(tmp_path / "whole.db") as whole:
        for n in range(10):
            path = tmp_path / f"{n}.db"
            killed += dies(chance.randint(1, 110), partial(add, path), statements)
            add(path)
            with Ledger(path) as ledger:
                assert ledger.export() == whole.export()
                assert [d.ref for d in ledger.find("marché rouvert")] == [d.ref for d in whole.find("marché rouvert")]
    assert killed > 7


class TestSkim:
    @pytest.mark.parametrize("code", languages())
    def test_no_example_of_a_frame_is_passed_over(self, code: str) -> None:
        search = wanted(code)
        told = [e for frame in lexicon(code).frames for e in frame.examples]
        assert [e for e in told if not any(tells for _, tells in search.sentences(e))] == []

    def test_what_tells_nothing(self) -> None:
        search = wanted("fr")
        for sentence in ("La vallée est verte.", "Les champs sont jaunes.", "Il y a trente villages."):
            assert not search.tells(sentence), sentence

    def test_blank_text_keeps_lines_and_offsets(self) -> None:
        text = "Un titre\n\nLa vallée. Ils ont signé. Il pleut."
        assert blanked(text, [(21, 35)]) == " " * 8 + "\n\n" + " " * 11 + "Ils ont signé." + " " * 10

    @pytest.mark.model
    def test_the_same_is_read_from_what_is_parsed(self, reader: Reader) -> None:
        quiet = "La vallée est verte. Le fleuve est large et lent. Les champs sont jaunes en 2024. Il y a 30 villages. "
        text = quiet + quiet + "Les rebelles ont attaqué Agadez lundi, tuant 12 soldats. " + quiet + quiet
        taken = _dispatch(text)
        whole, skimmed = reader.read(taken), next(Skimmer(reader).read_many([taken]))
        assert (skimmed.times, len(skimmed.figures)) == (whole.times, len(whole.figures))
        assert [(e.trigger, e.type, e.start, e.place is None) for e in skimmed.events] == [
            (e.trigger, e.type, e.start, e.place is None) for e in whole.events
        ]
        assert skimmed.sentences == whole.sentences

    @pytest.mark.model
    def test_where_nothing_is_told_nothing_is_parsed(self, reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(reader.parser, "parse_all", lambda *_: pytest.fail("parsed"))
        read = next(Skimmer(reader).read_many([_dispatch("La vallée est verte. Il y a 30 villages en 2024.")]))
        assert [f.value for f in read.figures] == [30]
        assert len(read.times) == 1

    @pytest.mark.model
    def test_together_is_as_alone(self, reader: Reader) -> None:
        texts = ("Le maire a signé l'accord.", "", "La grève continue, selon le syndicat, malgré l'appel de 200 ouvriers.")
        taken = [_dispatch(text or "Rien.") for text in texts]
        assert list(reader.read_many(taken)) == [reader.read(one) for one in taken]


def _dispatch(text: str) -> Dispatch:
    return take({"text": text, "lang": "fr", "published": "2024-07-10"})


def test_the_command_names_what_was_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recoupe.reading.pipeline.Reader", lambda *_: Stub())
    source = archive(tmp_path / "in.jsonl", 3, extra=["no JSON"])
    done = CliRunner().invoke(cli, ["code", str(source), str(tmp_path / "out.jsonl")])
    assert done.exit_code == 1
    assert "3 read into" in done.stderr
    assert "1 refused" in done.stderr
