"""publiccode.yml says what catalogues of public software ask, in the form they ask."""

import tomllib
from pathlib import Path
from typing import Any

import msgspec

ROOT = Path(__file__).parents[2]
LONGEST_SHORT, SHORTEST_LONG, LONGEST_LONG = 150, 150, 10_000


def code() -> dict[str, Any]:
    said: dict[str, Any] = msgspec.yaml.decode((ROOT / "publiccode.yml").read_bytes())
    return said


def test_it_has_every_mandatory_key_of_version_0_7() -> None:
    mandatory = {
        "publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType",
        "description", "legal", "maintenance", "localisation",
    }  # fmt: skip
    assert mandatory <= code().keys()
    assert code()["publiccodeYmlVersion"] == "0.7"
    assert code()["developmentStatus"] in {"concept", "development", "beta", "stable", "obsolete"}
    assert code()["maintenance"]["type"] in {"internal", "contract", "community", "none"}
    assert code()["localisation"]["localisationReady"] is True
    assert set(code()["localisation"]["availableLanguages"]) == {"nl", "en"}


def test_it_describes_in_both_languages_at_the_length_asked() -> None:
    assert code()["description"].keys() == {"nl", "en"}
    for text in code()["description"].values():
        assert len(text["shortDescription"].strip()) <= LONGEST_SHORT
        assert SHORTEST_LONG <= len(text["longDescription"].strip()) <= LONGEST_LONG
        assert len(text["features"]) >= 5


def test_it_names_the_version_and_no_person() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert code()["softwareVersion"] == project["version"]
    assert "contacts" not in code()["maintenance"]
