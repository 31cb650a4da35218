"""Why nothing is published, or no key made: each message says what was found and what to do."""

from __future__ import annotations


class PublishingRefused(Exception):
    """To go on would mean to sign a log that does not continue what was published."""


class KeysRefused(PublishingRefused):
    """The keys are not those that are needed."""
