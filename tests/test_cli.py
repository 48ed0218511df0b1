"""The command line as people use it: what it prints, what it refuses, how it ends."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from recoupe.cli import cli
from recoupe.errors import LedgerError
from recoupe.ledger import Ledger
from recoupe.reading.pipeline import Reader
from recoupe.shell import open_ledger

FRENCH = "Le ministre a dit lundi 8 juillet 2024 que 766 soldats sur 950 avaient quitté Niamey."
EXAMPLES = Path(str(files("recoupe") / "examples" / "niger-2024"))
COMMANDS = sorted(cli.commands)


def run(*arguments: str, stdin: bytes | None = None, env: dict[str, str] | None = None) -> Result:
    return CliRunner().invoke(cli, arguments, input=stdin, env={"RECOUPE_LEDGER": None, **(env or {})}, catch_exceptions=False)


@pytest.fixture
def _one_reader(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recoupe.reading.pipeline.Reader", lambda *_: reader)


@pytest.fixture(scope="session")
def story(reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The demo's ledger, made once."""
    from recoupe.intake.sources import Collector

    path = tmp_path_factory.mktemp("story") / "niger.db"
    with Ledger(path, reader=reader) as ledger:
        for dispatch in Collector().collect([EXAMPLES]):
            ledger.add(dispatch)  # type: ignore[arg-type]
    return str(path)


class TestHelp:
    @pytest.mark.parametrize("command", COMMANDS)
    def test_every_command_has_examples(self, command: str) -> None:
        done = run(command, "--help")
        assert done.exit_code == 0
        assert "Examples:" in done.stdout
        assert f"recoupe {command}" in done.stdout

    def test_what_there_is(self) -> None:
        assert COMMANDS == [
            "add", "brief", "check", "code", "demo", "explain", "export", "find", "judge", "list", "read", "schema", "serve",
            "watch",
        ]  # fmt: skip
        assert run("--version").stdout.startswith("recoupe ")

    @pytest.mark.parametrize(
        "arguments",
        [
            ["nothing"],
            ["read"],
            ["read", "--nothing", "a.txt"],
            ["read", "--published", "hier", "a.txt"],
            ["read", "--lang", "de", "a.txt"],
            ["brief", "--format", "pdf"],
            ["export", "docx"],
            ["judge", "accept", "o1"],
        ],
    )
    def test_what_is_not_understood_is_code_2(self, arguments: list[str]) -> None:
        done = run(*arguments)
        assert done.exit_code == 2
        assert done.stdout == ""
        assert "Usage:" in done.stderr


@pytest.mark.model
@pytest.mark.usefixtures("_one_reader")
class TestRead:
    def test_json_is_one_object_a_line(self, tmp_path: Path) -> None:
        (tmp_path / "a.jsonl").write_text(json.dumps({"id": "x", "text": FRENCH}) + "\n" + json.dumps({"text": FRENCH}) + "\n")
        done = run("read", "--json", "--outlet", "Le Fil", str(tmp_path))
        assert done.exit_code == 0
        first, second = (json.loads(line) for line in done.stdout.splitlines())
        assert (first["dispatch"]["ref"], first["dispatch"]["outlet"], first["dispatch"]["published"]) == (
            "x",
            "Le Fil",
            "2024-07-08",
        )
        assert second["dispatch"]["id"] == first["dispatch"]["id"]

    def test_standard_input(self) -> None:
        done = run("read", "--json", "--published", "2024-07-09", "-", stdin=FRENCH.encode())
        assert json.loads(done.stdout)["dispatch"]["published_basis"] == "given"

    def test_people_see_the_words(self) -> None:
        done = run("read", "--lang", "fr", "-", stdin=FRENCH.encode())
        assert "766 soldats sur 950" in done.stdout.replace("\n  ", " ")
        assert "Figures" in done.stdout
        assert not any(line.endswith(" ") for line in done.stdout.splitlines())

    def test_a_dispatch_cannot_write_on_the_terminal(self) -> None:
        text = "\x1b[2J\x1b]0;x\x07 [red]Le ministre[/red] est parti \x1b[31m."
        done = run("read", "--lang", "fr", "-", stdin=json.dumps({"text": text}).encode())
        assert "\x1b" not in done.stdout
        assert "[red]Le ministre[/red]" in done.stdout

    def test_refusals_are_named_and_the_rest_is_done(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text(FRENCH, encoding="utf-8")
        (tmp_path / "empty.txt").write_bytes(b"")
        (tmp_path / "junk.txt").write_bytes(bytes(range(256)))
        (tmp_path / "rows.jsonl").write_text(json.dumps({"text": FRENCH}) + "\n{oops\n")
        done = run("read", "--json", str(tmp_path), str(tmp_path / "absent.txt"))
        assert done.exit_code == 1
        assert len(done.stdout.splitlines()) == 2
        refused = [line for line in done.stderr.splitlines() if line.startswith("refused: ")]
        names = ("rows.jsonl: line 2: no JSON", "empty.txt: empty", "junk.txt: binary", "absent.txt: there is no such file")
        assert all(any(name in line for line in refused) for name in names)
        assert len(refused) == 4

    def test_another_encoding_is_said(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_bytes("Le général a déclaré que la base d’Agadez était rendue à l’armée.".encode("cp1252"))
        done = run("read", "--json", str(tmp_path))
        assert done.exit_code == 0
        assert "not UTF-8, read as cp1252" in done.stderr


@pytest.mark.model
@pytest.mark.usefixtures("_one_reader")
class TestAdd:
    def test_the_same_dispatch_twice_is_one(self, tmp_path: Path) -> None:
        path, ledger = tmp_path / "a.txt", str(tmp_path / "l.db")
        path.write_text(FRENCH, encoding="utf-8")
        first, again = run("add", "--ledger", ledger, str(path)), run("add", "--ledger", ledger, str(path))
        assert (first.exit_code, again.exit_code) == (0, 0)
        assert first.stdout.startswith("added ")
        assert again.stdout == ""
        assert "0 added, 1 already there, 0 refused" in again.stderr
        assert len(run("list", "--ledger", ledger).stdout.splitlines()) == 1

    def test_the_environment_names_the_ledger(self, tmp_path: Path) -> None:
        ledger = tmp_path / "named.db"
        done = run("add", "-", stdin=FRENCH.encode(), env={"RECOUPE_LEDGER": str(ledger)})
        assert done.exit_code == 0
        assert ledger.exists()

    def test_some_refused_is_code_1(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text(FRENCH, encoding="utf-8")
        (tmp_path / "b.txt").write_text("")
        done = run("add", "--ledger", str(tmp_path / "l.db"), str(tmp_path / "a.txt"), str(tmp_path / "b.txt"))
        assert done.exit_code == 1
        assert "1 added, 0 already there, 1 refused" in done.stderr

    @pytest.mark.parametrize(("signal_", "code"), [(signal.SIGINT, 130), (signal.SIGKILL, -9)], ids=["interrupted", "killed"])
    def test_what_was_reported_as_added_is_kept(self, tmp_path: Path, signal_: int, code: int) -> None:
        rows = (json.dumps({"text": f"{FRENCH} Il a cité {n} témoins."}) for n in range(400))
        (tmp_path / "rows.jsonl").write_text("\n".join(rows))
        ledger = str(tmp_path / "l.db")
        command = [sys.executable, "-m", "recoupe", "add", "--ledger", ledger, str(tmp_path / "rows.jsonl")]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as going:
            assert going.stdout is not None
            reported = [going.stdout.readline() for _ in range(5)]
            going.send_signal(signal_)
            rest, complaint = going.communicate(timeout=60)
        assert going.returncode == code
        assert "Traceback" not in complaint
        reported += [line + "\n" for line in rest.splitlines() if line.endswith(("…", "."))]
        held = {line.split("\t")[0] for line in run("list", "--ledger", ledger).stdout.splitlines()}
        assert {line.split()[1] for line in reported if line.startswith("added ")} <= held
        assert len(held) < 400

    def test_what_is_no_ledger_is_said(self, tmp_path: Path) -> None:
        path = tmp_path / "photo.db"
        path.write_bytes(b"\x89PNG" * 1000)
        done = subprocess.run(
            [sys.executable, "-m", "recoupe", "list", "--ledger", str(path)], capture_output=True, text=True, check=False
        )
        assert done.returncode == 1
        assert done.stderr.startswith("recoupe: ")
        assert "Traceback" not in done.stderr

    def test_another_database_is_left_as_it_is(self, tmp_path: Path) -> None:
        path = tmp_path / "other.db"
        with closing(sqlite3.connect(path)) as other:
            other.execute("CREATE TABLE photo (name)")
        with pytest.raises(LedgerError, match="no ledger"):
            Ledger(path)
        with closing(sqlite3.connect(path)) as other:
            assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("photo",)]

    def test_a_newer_ledger_is_left_as_it_is(self, tmp_path: Path) -> None:
        path = tmp_path / "newer.db"
        Ledger(path).close()
        with closing(sqlite3.connect(path)) as newer, newer:
            newer.execute("INSERT INTO migration VALUES ('9999 something', '2030-01-01')")
        with pytest.raises(LedgerError, match="newer"):
            Ledger(path)

    def test_a_ledger_has_the_name_that_was_given(self, tmp_path: Path) -> None:
        path = tmp_path / "a?b%20#c.db"
        Ledger(path).close()
        assert path.is_file()
        with pytest.raises(LedgerError, match="empty"):
            open_ledger("")

    def test_an_older_ledger_is_brought_up_to_date(self, tmp_path: Path) -> None:
        path = tmp_path / "older.db"
        Ledger(path).close()
        with closing(sqlite3.connect(path)) as older, older:
            older.execute("DROP TABLE words")
            older.execute("DELETE FROM migration WHERE name LIKE '0002%'")
        with Ledger(path) as ledger:
            assert ledger.find("Agadez") == ()

    @pytest.mark.parametrize("arguments", [["brief", "-o", "/nowhere/brief.html"], ["brief"]])
    def test_what_cannot_be_written_is_said(self, tmp_path: Path, arguments: list[str]) -> None:
        path = tmp_path / "a.db"
        Ledger(path).close()
        command = [sys.executable, "-m", "recoupe", *arguments, "--ledger", str(path)]
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
        assert done.returncode == 1
        assert done.stderr.startswith("recoupe: ")
        assert "Traceback" not in done.stderr

    def test_a_terminal_that_lacks_a_character_shows_the_rest(self, tmp_path: Path) -> None:
        path = tmp_path / "a.db"
        Ledger(path).close()
        command = [sys.executable, "-m", "recoupe", "brief", "--lang", "fr", "--ledger", str(path)]
        done = subprocess.run(command, capture_output=True, env={**os.environ, "PYTHONIOENCODING": "latin-1"}, check=False)
        assert done.returncode == 0
        assert b"Traceback" not in done.stderr


@pytest.mark.model
class TestLedger:
    def test_list(self, story: str) -> None:
        rows = [line.split("\t") for line in run("list", "--ledger", story).stdout.splitlines()]
        assert len(rows) == 13
        assert all(len(row) == 8 for row in rows)
        assert [row[1] for row in rows] == sorted(row[1] for row in rows)

    @pytest.mark.parametrize("form", ["terminal", "md", "html"])
    @pytest.mark.parametrize("lang", ["en", "fr"])
    def test_brief(self, story: str, form: str, lang: str) -> None:
        done = run("brief", "--ledger", story, "--format", form, "--lang", lang)
        assert done.exit_code == 0
        assert {"en": "Timeline", "fr": "Chronologie"}[lang] in done.stdout
        assert "Le Fil du Fleuve" in done.stdout

    def test_the_brief_goes_to_a_file_by_its_name(self, story: str, tmp_path: Path) -> None:
        run("brief", "--ledger", story, "-o", str(tmp_path / "b.html"))
        run("brief", "--ledger", story, "-o", str(tmp_path / "b.md"))
        assert run("brief", "--ledger", story, "-o", str(tmp_path / "b.pdf")).exit_code == 2
        assert (tmp_path / "b.html").read_text(encoding="utf-8").lstrip().startswith("<!doctype html>")
        assert (tmp_path / "b.md").read_text(encoding="utf-8").startswith("# ")

    def test_export_and_explain_each_id(self, story: str) -> None:
        exported = json.loads(run("export", "json", "--ledger", story).stdout)
        assert len(exported["dispatches"]) == 13
        assert exported["copies"]
        texts = {d["id"] for d in exported["dispatches"]}
        for kind in ("occurrences", "series", "commitments", "disagreements", "copies"):
            for one in exported[kind][:3]:
                done = run("explain", "--ledger", story, one["id"])
                assert done.exit_code == 0
                assert one["id"] in done.stdout
        report = exported["occurrences"][0]["reports"][0]
        assert report["dispatch"] in texts
        assert "rule" in run("explain", "--ledger", story, f"{report['dispatch']}/{report['item']}").stdout

    def test_find(self, story: str) -> None:
        assert "L’Écho du Liptako" in run("find", "--ledger", story, "Ekman", "Abidjan").stdout
        assert run("find", "--ledger", story, "zzz").exit_code == 1

    def test_check_is_for_scripts(self, story: str) -> None:
        done = run("check", "--ledger", story)
        assert done.exit_code == (1 if done.stdout else 0)

    def test_judgements_change_what_follows(self, story: str, tmp_path: Path) -> None:
        ledger = str(tmp_path / "copy.db")
        shutil.copy(story, ledger)
        first = json.loads(run("export", "json", "--ledger", ledger).stdout)["occurrences"][0]["id"]
        done = run("judge", "correct", first, "--field", "type", "--value", "CONSULT", "--who", "A. Diallo", "--ledger", ledger)
        assert done.exit_code == 0
        changed = {o["id"]: o for o in json.loads(run("export", "json", "--ledger", ledger).stdout)["occurrences"]}
        assert changed[first]["type"] == "CONSULT"

    @pytest.mark.parametrize("arguments", [["explain", "nothing"], ["brief", "--story", "nothing"]])
    def test_what_is_not_there_is_code_1(self, story: str, arguments: list[str]) -> None:
        command = [sys.executable, "-m", "recoupe", *arguments, "--ledger", story]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 1
        assert "nothing" in done.stderr
        assert "Traceback" not in done.stderr

    def test_a_command_that_looks_makes_no_ledger(self, tmp_path: Path) -> None:
        absent = tmp_path / "absent.db"
        command = [sys.executable, "-m", "recoupe", "brief", "--ledger", str(absent)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 1
        assert "recoupe add" in done.stderr
        assert not absent.exists()

    def test_a_closed_pipe_is_no_error(self, story: str) -> None:
        recoupe = f"{sys.executable} -m recoupe"
        done = subprocess.run(
            ["bash", "-c", f"set -o pipefail; {recoupe} export json --ledger {story} | head -c 10"],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "PYTHONUNBUFFERED": ""},
        )
        assert done.stderr == ""
        assert len(done.stdout) == 10


@pytest.mark.model
@pytest.mark.usefixtures("_one_reader")
def test_demo(tmp_path: Path) -> None:
    done = run("demo", "-o", str(tmp_path / "out"))
    assert done.exit_code == 0
    assert "Timeline" in done.stdout
    page = (tmp_path / "out" / "brief.html").read_text(encoding="utf-8")
    assert "<h1>" in page
    assert "brief.html" in done.stderr
    assert run("demo", "-o", str(tmp_path / "out")).exit_code == 0


def test_the_schema_is_json() -> None:
    assert json.loads(run("schema").stdout)["$defs"]["Reading"]
