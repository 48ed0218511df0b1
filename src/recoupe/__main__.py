"""`python -m recoupe` is `recoupe`."""

from recoupe.cli import main

main()
