"""What is documented of HTTP is what there is: every read, every write, every status."""

from pathlib import Path

from api.problems import MEDIA_TYPE
from api.reads import READS
from api.sentences import TITLES
from api.writes import WRITES
from register.charter.facts import RegisterClosed, RegisterOpened, VocabularyPublished
from register.vocabulary import FACTS

DOCS = (Path(__file__).parents[2] / "docs" / "http.md").read_text("utf-8")


def test_every_write_is_documented_with_its_fact() -> None:
    table = DOCS.partition("<!-- writes: begin")[2].partition("-->")[2].partition("<!-- writes: end")[0]
    rows = [f"| `{write.path}` | `{write.fact.TYPE}` |" for write in WRITES]
    assert table.split("\n")[3:-1] == rows


def test_every_read_is_documented() -> None:
    text = DOCS.replace("{id}.{seq}", "{address}")
    missing = [read.path for read in READS if f"`{read.path}`" not in text]
    assert missing == []


def test_every_status_is_documented() -> None:
    missing = [status for status in TITLES if status != 500 and f"\n| {status} |" not in DOCS]
    assert missing == []
    assert MEDIA_TYPE in DOCS


def test_every_fact_but_those_that_the_register_writes_itself_can_be_recorded_over_http() -> None:
    own = {RegisterOpened, VocabularyPublished, RegisterClosed}
    recordable = {write.fact for write in WRITES}
    assert {fact for fact in FACTS.values() if fact not in own} == recordable
    assert len({write.path for write in WRITES}) == len(WRITES)
