"""Settings come from the environment, are all documented, and an unknown one is refused."""

from pathlib import Path

import pytest

from api.settings import SETTINGS, SettingsRefused, data_home, read_settings

DOCS = Path(__file__).parents[2] / "docs" / "settings.md"


def test_without_any_setting_everything_has_a_value() -> None:
    settings = read_settings({"HOME": "/nowhere"})
    assert (settings.host, settings.port, settings.log_level) == ("127.0.0.1", 8000, "info")
    assert settings.database_url is None
    assert settings.data_dir == data_home({})


def test_what_is_set_is_used() -> None:
    settings = read_settings(
        {
            "REGISTER_DATABASE_URL": "postgresql://x/y",
            "REGISTER_DATA_DIR": "/data",
            "REGISTER_PORT": "0",
        }
    )
    assert settings.database_url == "postgresql://x/y"
    assert (settings.data_dir, settings.port) == (Path("/data"), 0)


def test_every_fault_is_told_at_once_and_a_misspelt_name_is_recognised() -> None:
    with pytest.raises(SettingsRefused) as refused:
        read_settings(
            {
                "REGISTER_PROT": "80",
                "REGISTER_PORT": "http",
                "REGISTER_LOG_LEVEL": "loud",
                "REGISTER_X": "",
            }
        )
    text = str(refused.value)
    assert len(refused.value.faults) == 4
    assert "did you mean REGISTER_PORT?" in text
    assert "REGISTER_X is not a setting" in text
    assert "REGISTER_LOG_LEVEL is 'loud', but is one of debug, info, warning, error" in text


@pytest.mark.parametrize("port", ["-1", "65536", "8e3", "\u0663", " 80"])
def test_a_port_is_a_number_that_exists(port: str) -> None:
    with pytest.raises(SettingsRefused, match="REGISTER_PORT"):
        read_settings({"REGISTER_PORT": port})


def test_the_data_folder_is_that_of_the_platform() -> None:
    assert data_home({"XDG_DATA_HOME": "/home/x/data"}, "linux") == Path("/home/x/data/decision-register")
    assert data_home({"XDG_DATA_HOME": "relative"}, "linux") == Path("~/.local/share/decision-register").expanduser()
    assert data_home({}, "darwin").name == "decision-register"


def test_every_setting_is_documented_with_its_default() -> None:
    text = DOCS.read_text("utf-8")
    for setting in SETTINGS:
        assert f"`{setting.name}`" in text
        assert setting.meaning in text
