"""The library's contract tests, importable without the second cryptography package that their module asks for."""

from __future__ import annotations

import sys

from eventsourcing import cryptography

# The library has the same cipher twice, over two packages; the one we have stands in for the other.
sys.modules.setdefault("eventsourcing.cipher", cryptography)

from eventsourcing.tests.persistence import ApplicationRecorderTestCase  # noqa: E402 - after the line above

__all__ = ["ApplicationRecorderTestCase"]
