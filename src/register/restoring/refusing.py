"""Why nothing is restored, or nothing backed up: each message says what was found and what to do."""

from __future__ import annotations


class RestoreRefused(Exception):
    """What was given does not belong to this register, or is not what it was; nothing of it was taken."""
