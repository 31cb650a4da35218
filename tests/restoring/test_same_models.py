"""After a restore the read models are the same, byte for byte, and a text that came back late is shown when they are made anew."""

from __future__ import annotations

from projections.models import every
from projections.rebuild import rebuild
from tests.projections.comparing import tables
from tests.projections.telling import ZONE, connected
from tests.restoring.region import Kept


async def shown(kept: Kept) -> object:
    """Every row of every read model, made anew."""
    await rebuild(kept.logins.projections, ZONE, every())
    async with connected(kept.logins) as conn:
        return await tables(conn)


async def test_every_row_of_every_read_model_is_the_same(kept: Kept, empty: Kept) -> None:
    # What a restore may not have: entries that were never published, and so are in no log.
    backup = kept.data_dir / "backup"
    said = kept.told("backup", str(backup))
    kept.cut(said["published"])
    assert empty.told("restore", "--from-log", str(kept.log))["textsNotShown"] is False
    without = await shown(empty)
    late = empty.told("restore", str(backup), "--from-log", str(kept.log))
    assert (late["textsNotShown"], late["textsBeyond"] >= 0) == (True, True)
    with_texts = await shown(empty)
    assert with_texts == await shown(kept)
    assert without != with_texts
