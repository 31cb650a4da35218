"""What is made from the code is fresh, and the check on it can fail."""

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "docs" / "generate.py"


def generate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_generated_page_is_fresh() -> None:
    told = subprocess.run([sys.executable, SCRIPT, "--check"], capture_output=True, text=True, check=False)
    assert (told.returncode, told.stderr) == (0, "")


def test_a_page_that_says_something_else_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    stale = generate().stale
    assert page in stale({page: "what the code says\n"})
    page.write_text("what the code said once\n", encoding="utf-8")
    assert page in stale({page: "what the code says\n"})
    page.write_text("what the code says\n", encoding="utf-8")
    assert page not in stale({page: "what the code says\n"})


def test_the_list_of_decisions_keeps_its_introduction_and_names_each(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# On the way\n\nWhy.\n\n- [9999. Gone](9999-gone.md)\n")
    (tmp_path / "0002-second.md").write_text("# 0002. Second\n\nText.\n")
    (tmp_path / "0001-first.md").write_text("# 0001. First\n")
    assert generate().decisions_on_the_way(tmp_path) == (
        "# On the way\n\nWhy.\n\n- [0001. First](0001-first.md)\n- [0002. Second](0002-second.md)\n"
    )
