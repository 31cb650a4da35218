"""The demo's register as its readers meet it: pages and JSON of one running server with the shipped history."""

from __future__ import annotations

from tests.api.conftest import edge

__all__ = ["edge"]
