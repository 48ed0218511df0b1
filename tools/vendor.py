"""Fetches what the web pages take from others, as src/recoupe/web/vendor/packages.toml pins it: python tools/vendor.py [--check]

Each is an npm package of one version; npm fetches it, its integrity is checked against the pinned hash, and the files that are
named are put in the package, the licence with them. With --check nothing is written: it says whether they are as fetched.
"""

from __future__ import annotations

import base64
import hashlib
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path

VENDOR = Path(__file__).parent.parent / "src" / "recoupe" / "web" / "vendor"


def fetched(name: str, version: str, integrity: str, into: Path) -> Path:
    """The archive of a package, checked."""
    command = ["npm", "pack", f"{name}@{version}", "--pack-destination", str(into)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    archive = into / done.stdout.split()[-1]
    algorithm, _, expected = integrity.partition("-")
    found = base64.b64encode(hashlib.new(algorithm, archive.read_bytes()).digest()).decode()
    if found != expected:
        raise SystemExit(f"{name} {version}: its integrity is {algorithm}-{found}, not the one that is pinned")
    return archive


def main() -> None:
    check = "--check" in sys.argv[1:]
    packages = tomllib.loads((VENDOR / "packages.toml").read_text(encoding="utf-8"))
    stale = []
    for name, pinned in packages.items():
        with tempfile.TemporaryDirectory() as folder:
            archive = fetched(name, pinned["version"], pinned["integrity"], Path(folder))
            with tarfile.open(archive) as held:
                for file in pinned["files"]:
                    member = held.extractfile(f"package/{file}")
                    if member is None:
                        raise SystemExit(f"{name} {pinned['version']}: there is no {file} in it")
                    kept, data = VENDOR / name / file, member.read()
                    if not kept.exists() or kept.read_bytes() != data:
                        stale.append(f"{name}/{file}")
                        if not check:
                            kept.parent.mkdir(parents=True, exist_ok=True)
                            kept.write_bytes(data)
    sys.stdout.write("".join(f"{'differs' if check else 'written'}: {file}\n" for file in stale) or "all as pinned\n")
    sys.exit(bool(stale) and check)


if __name__ == "__main__":
    main()
