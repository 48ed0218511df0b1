"""Measures starts: one short dispatch from nothing, commands that read nothing, and the memory of a worker.

    python bench/cold.py [--rounds 5]

Processes of their own, in processor time (their own and the system's), the least of the rounds; after one that fills the caches.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

TEXT = "Le ministre a dit lundi 8 juillet 2024 que 766 soldats sur 950 avaient quitté la base de Niamey."
BARE = f"import spacy; spacy.load('fr_core_news_md')({TEXT!r})"
BOTH = """
import resource
from recoupe.intake import take
from recoupe.reading.pipeline import Reader
reader = Reader()
for lang, text in (("fr", "Des rebelles ont attaqué la ville lundi, a dit le maire. "), ("en", "Rebels attacked the town on Monday, the mayor said. ")):
    list(reader.read_many([take({"text": text * 40, "lang": lang, "published": "2024-07-10"})] * 32))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""  # noqa: E501
COMMANDS = (["--help"], ["--version"], ["read", "--help"], ["code", "--help"], ["schema"], ["list", "--ledger", "LEDGER"])


def spent(command: list[str], rounds: int) -> float:
    """The least processor time of a command's runs after the first."""
    found = []
    for _ in range(rounds + 1):
        before = os.times()
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        after = os.times()
        found.append(after.children_user + after.children_system - before.children_user - before.children_system)
    return min(found[1:])


def measure(rounds: int) -> list[str]:
    tool = str(Path(sys.executable).with_name("recoupe"))
    with tempfile.TemporaryDirectory() as folder:
        file, ledger = Path(folder) / "dispatch.txt", Path(folder) / "ledger.db"
        file.write_text(TEXT, encoding="utf-8")
        subprocess.run([sys.executable, "-c", f"from recoupe.ledger import Ledger; Ledger({str(ledger)!r}).close()"], check=True)
        bare = spent([sys.executable, "-c", BARE], rounds)
        read = spent([tool, "read", str(file)], rounds)
        lines = [f"cold start: spaCy {bare:.2f} s, recoupe read {read:.2f} s, ratio {read / bare:.2f} (target 1.15)"]
        for command in COMMANDS:
            arguments = [str(ledger) if part == "LEDGER" else part for part in command]
            lines.append(f"  recoupe {' '.join(command):24} {spent([tool, *arguments], rounds):.2f} s (target 0.3)")
    peak = subprocess.run([sys.executable, "-c", BOTH], capture_output=True, text=True, check=True).stdout.strip()
    return [*lines, f"memory of a worker, both languages: {peak} MB at its peak (target 700)"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    sys.stdout.write("\n".join(measure(parser.parse_args().rounds)) + "\n")


if __name__ == "__main__":
    main()
