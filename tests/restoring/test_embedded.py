"""On a machine without a server of its own: the directory is lost, and a register on the embedded server comes back."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import time
from pathlib import Path

import httpx

from tests.cli.test_demo import REGISTER, environment, register, servers_below

CHARTER = (
    '{"region":{"code":"proef","name":"Proefregio"},"timeZone":"Europe/Amsterdam","lang":"nl","contact":"Secretaris"}'
)


def served(data: Path, until: int = 0) -> tuple[str, int]:
    """Serve until so many entries are published; the entries, as they were answered, and how many are published."""
    command = [*REGISTER, "serve", "--port", "0", "--json", "--data-dir", str(data)]
    with subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as serving:
        assert serving.stdout is not None
        url = json.loads(serving.stdout.readline())["address"]
        published, end = 0, time.monotonic() + 60
        while published < max(until, 1) and time.monotonic() < end:
            published = httpx.get(f"{url}/health/ready").json().get("checks", {}).get("published", 0)
            time.sleep(0.1)
        told = httpx.get(f"{url}/api/v1/events").text
        serving.send_signal(signal.SIGTERM)
        assert serving.wait(30) == 0
    return told, published


def test_a_lost_directory_comes_back_from_a_backup_and_the_copy_of_the_keys(tmp_path: Path) -> None:
    data, safe, backup = tmp_path / "data", tmp_path / "safe", tmp_path / "backup"
    charter = tmp_path / "charter.json"
    charter.write_text(CHARTER)
    assert register("init", "--charter", str(charter), "--data-dir", str(data)).returncode == 0
    told, size = served(data)
    shutil.copytree(data / "keys", safe / "keys")
    done = register("backup", "--json", str(backup), "--data-dir", str(data))
    assert json.loads(done.stdout)["published"] == size, done.stderr
    shutil.rmtree(data)
    shutil.copytree(safe / "keys", data / "keys")
    refused = register("restore", str(backup), "--data-dir", str(data))
    assert (refused.returncode, "--from-log DIR or URL" in refused.stderr) == (1, True)
    restored = register("restore", "--json", str(backup), "--from-log", str(backup / "log"), "--data-dir", str(data))
    assert json.loads(restored.stdout)["entriesAdded"] == size, restored.stderr
    assert served(data, size) == (told, size)
    assert (data / "log" / "checkpoint").read_bytes() == (backup / "log" / "checkpoint").read_bytes()
    well = register("verify", "--data-dir", str(data))
    assert well.returncode == 0, well.stdout
    assert servers_below(tmp_path) == []
