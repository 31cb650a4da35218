"""Runs every measurement of this folder, one after the other: `python -m tests.bench [NAME …]`."""

from __future__ import annotations

import importlib
import pkgutil
import sys

import tests.bench


def main(wanted: list[str]) -> None:
    """A measurement is a module with a function `run`."""
    for module in sorted(pkgutil.iter_modules(tests.bench.__path__), key=lambda found: found.name):
        if module.name.startswith("_") or (wanted and module.name not in wanted):
            continue
        run = getattr(importlib.import_module(f"tests.bench.{module.name}"), "run", None)
        if run is not None:
            print(f"\n## {module.name}\n", flush=True)
            run()


if __name__ == "__main__":
    main(sys.argv[1:])
