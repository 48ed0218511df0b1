"""What `import recoupe` offers, and that asking for it is cheap."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest

import recoupe

PUBLIC = [
    "Actor", "Dispatch", "Event", "Figure", "InputError", "LanguageDataError", "Ledger", "LedgerError", "MalformedInput", "Name",
    "Place", "Reader", "Reading", "RecoupeError", "Settings", "Statement", "Time", "UnknownLanguage", "UnreadableInput",
    "__version__", "collect", "read",
]  # fmt: skip


def test_the_public_names_are_these() -> None:
    assert recoupe.__all__ == PUBLIC
    assert dir(recoupe) == sorted(PUBLIC)


@pytest.mark.parametrize("name", PUBLIC)
def test_each_is_there(name: str) -> None:
    assert getattr(recoupe, name) is not None


def test_others_are_not() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        recoupe.nothing  # noqa: B018


@pytest.mark.parametrize("module", ["recoupe", "recoupe.cli"])
def test_importing_loads_nothing_heavy(module: str) -> None:
    heavy = ("spacy", "rich", "msgspec", "sqlalchemy", "trafilatura", "lxml", "babel")
    code = f"import sys, {module}; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_collect_yields_dispatches_and_refusals(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Les soldats ont quitté la base.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("")
    taken, refused = recoupe.collect(tmp_path, published=dt.date(2024, 7, 9), outlet="Le Fil")
    assert isinstance(taken, recoupe.Dispatch)
    assert (taken.published, taken.outlet) == ("2024-07-09", "Le Fil")
    assert isinstance(refused, recoupe.UnreadableInput)


@pytest.mark.model
class TestReading:
    @pytest.fixture(autouse=True)
    def _one_reader(self, reader: recoupe.Reader, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("recoupe._reader", lambda: reader)

    def test_read(self) -> None:
        text = "Le ministre a dit lundi que 12 soldats avaient quitté Niamey."
        reading = recoupe.read(text, title="Niger : douze départs", published=dt.date(2024, 7, 9), outlet="Le Fil")
        assert isinstance(reading, recoupe.Reading)
        assert reading.dispatch.lang == "fr"
        assert reading.dispatch.published == "2024-07-09"

    def test_a_dispatch_can_be_read_too(self) -> None:
        taken = recoupe.read("The troops left.", lang="en").dispatch
        assert recoupe.read(taken).dispatch == taken

    def test_a_reading_shows_itself_in_a_notebook(self) -> None:
        shown = recoupe.read("<script>alert(1)</script> Les soldats ont quitté Niamey.", lang="fr")._repr_html_()
        assert "<script>" not in shown
        assert "Niamey" in shown

    def test_a_language_that_is_not_read(self) -> None:
        with pytest.raises(recoupe.UnknownLanguage, match="Spanish"):
            recoupe.read("El presidente dijo el lunes que las tropas saldrán del país.")
