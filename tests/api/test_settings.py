"""Settings come from the environment, are all documented, and an unknown one is refused."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from api.settings import SETTINGS, SettingsRefused, data_home, read_settings
from register.tlog.cosigning import ed25519_key
from register.tlog.notes import COSIGNED_ED25519

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


@pytest.fixture
def vkey() -> str:
    return ed25519_key("w1.example.org", Ed25519PrivateKey.generate(), COSIGNED_ED25519).vkey


def refused(**settings: str) -> str:
    with pytest.raises(SettingsRefused) as found:
        read_settings({f"REGISTER_{name}": value for name, value in settings.items()})
    return str(found.value)


def test_the_file_of_witnesses_is_read_at_the_start(tmp_path: Path, vkey: str) -> None:
    file = tmp_path / "witnesses"
    file.write_text(f"witness archive {vkey} https://w1.example.org\nquorum archive\n")
    settings = read_settings({"REGISTER_LOG_WITNESSES": str(file), "REGISTER_LOG_WITHOUT_QUORUM": "wait"})
    assert [each.url for each in settings.log_witnesses.witnesses] == ["https://w1.example.org"]
    assert (settings.log_witnesses.quorum, settings.log_without_quorum) == ("archive", "wait")
    assert read_settings({}).log_witnesses.witnesses == ()


def test_every_fault_in_the_file_of_witnesses_is_told_with_those_of_other_settings(tmp_path: Path) -> None:
    file = tmp_path / "witnesses"
    file.write_text("witness archive x\ngroup g 2 archive nobody\n")
    told = refused(LOG_WITNESSES=str(file), PORT="http", LOG_WITHOUT_QUORUM="panic")
    for part in ("line 1:", "line 2: nobody is no witness", "no line says", "REGISTER_PORT", "publish, wait"):
        assert part in told
    assert "cannot be read" in refused(LOG_WITNESSES=str(tmp_path / "none"))
    assert "cannot be read" in refused(LOG_WITNESSES=str(tmp_path))


def test_waiting_for_a_quorum_that_nobody_can_be_asked_for_is_refused(tmp_path: Path, vkey: str) -> None:
    file = tmp_path / "witnesses"
    file.write_text(f"witness archive {vkey}\nquorum archive\n")
    assert "nothing would ever be shown" in refused(LOG_WITNESSES=str(file), LOG_WITHOUT_QUORUM="wait")
    assert read_settings({"REGISTER_LOG_WITNESSES": str(file)}).log_without_quorum == "publish"


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("REGISTER_LOG_STAMPS", "tsa.example.nl"),
        ("REGISTER_LOG_STAMPS", "ftp://tsa.example.nl"),
        ("REGISTER_LOG_STAMPS", "https://tsa.example.nl/t https://name:secret@tsa.example.nl/t"),
        ("REGISTER_LOG_STAMPS", " ".join(f"https://tsa.example.nl/{number}" for number in range(9))),
        ("REGISTER_LOG_ALARM", "0"),
        ("REGISTER_LOG_ALARM", "2h"),
        ("REGISTER_METRICS", "9464"),
        ("REGISTER_METRICS", "127.0.0.1:http"),
    ],
)
def test_stamps_alarm_and_metrics_are_what_they_should_be(name: str, raw: str) -> None:
    with pytest.raises(SettingsRefused, match=name):
        read_settings({name: raw})


def test_stamps_alarm_and_metrics_can_be_set() -> None:
    settings = read_settings(
        {
            "REGISTER_LOG_STAMPS": "https://tsa.example.nl/t  http://127.0.0.1:8080",
            "REGISTER_LOG_ALARM": "60",
            "REGISTER_METRICS": "[::1]:9464",
        }
    )
    assert settings.log_stamps == ("https://tsa.example.nl/t", "http://127.0.0.1:8080")
    assert (settings.log_alarm, settings.metrics) == (60, ("::1", 9464))
    assert (read_settings({}).log_stamps, read_settings({}).metrics) == ((), None)
