"""Disclosures whose salt follows from their words, so that the same history has the same bytes in every run."""

from __future__ import annotations

import base64
import hashlib

import msgspec


def disclosed(words: str) -> str:
    """The disclosure of a text."""
    salt = _base64url(hashlib.sha256(words.encode()).digest())
    return _base64url(msgspec.json.encode([salt, "text", words]))


def _base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")
