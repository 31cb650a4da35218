"""A log that entries can be told to."""

from __future__ import annotations

import pytest

from register.store.roles import Logins
from tests.projections.telling import Teller


@pytest.fixture
def teller(logins: Logins) -> Teller:
    """A log with its first entry."""
    made = Teller(logins)
    made.open_register()
    return made
