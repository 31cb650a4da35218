"""Everything we stand on may be used under our licence, and each choice has its reason written down."""

import re
import tomllib
from importlib.metadata import Distribution, distributions
from pathlib import Path

import msgspec
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

# Permissive, or on the list of compatible licences in the appendix of EUPL-1.2.
COMPATIBLE = {
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "EUPL-1.2", "ISC", "LGPL-3.0-only",
    "MIT", "MIT-0", "MPL-2.0", "PSF-2.0", "PostgreSQL",
}  # fmt: skip
# A tool that is run on the sources and is no part of what we distribute.
ONLY_RUN = {"codespell": "GPL-2.0-only"}
# Says it in its licence file only.
IN_FILE = {"axe-playwright-python": "MIT"}
# How packages without an SPDX expression say it.
SAID_OTHERWISE = {
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD": "BSD-3-Clause",
    "BSD 2-Clause License": "BSD-2-Clause",
    "BSD License": "BSD-3-Clause",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}


def licences(distribution: Distribution) -> set[str]:
    """The SPDX names a package gives for itself; a choice (OR) counts when one of it will do."""
    metadata = distribution.metadata
    if "License-Expression" not in metadata:
        classified = [
            str(line).rpartition(" :: ")[2]
            for line in metadata.get_all("Classifier") or []
            if line.startswith("License :: ") and line != "License :: OSI Approved"
        ]
        for_itself = str(metadata["License"]) if "License" in metadata else "not said"
        said = classified or for_itself.splitlines()[:1]
        return {SAID_OTHERWISE.get(one, one) for one in said}
    expression = str(metadata["License-Expression"])
    for choice in expression.split(" OR "):
        parts = set(re.split(r" AND |[()]| WITH .*", choice)) - {"", " "}
        if parts <= COMPATIBLE:
            return parts
    return {expression}


@pytest.mark.parametrize("distribution", list(distributions()), ids=lambda one: str(one.name))
def test_the_licence_of_every_installed_package_is_compatible(distribution: Distribution) -> None:
    name = canonicalize_name(distribution.name)
    if name in IN_FILE:
        (file,) = [path for path in distribution.files or [] if path.name == "LICENSE"]
        assert file.read_text().startswith(f"{IN_FILE[name]} License")
    elif name in ONLY_RUN:
        assert licences(distribution) == {ONLY_RUN[name]}
    else:
        assert licences(distribution) <= COMPATIBLE


def test_every_dependency_has_its_reason_and_every_reason_its_dependency() -> None:
    asked = [
        *PROJECT["project"]["dependencies"],
        *PROJECT["project"]["optional-dependencies"]["embedded"],
        *PROJECT["dependency-groups"]["build"],
        *PROJECT["dependency-groups"]["dev"],
    ]
    record = (ROOT / "docs" / "adr" / "0001-dependencies.md").read_text(encoding="utf-8")
    reasons = re.findall(r"(?m)^\| `([\w-]+)", record)
    assert len(reasons) == len(set(reasons))
    assert set(reasons) == {canonicalize_name(Requirement(text).name) for text in asked}


def test_our_own_licence_is_the_same_everywhere() -> None:
    code = msgspec.yaml.decode((ROOT / "publiccode.yml").read_bytes())
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert PROJECT["project"]["license"] == code["legal"]["license"] == "EUPL-1.2"
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2\n")
    assert [int(n) for n in re.findall(r"(?m)^(\d+)\.[A-Z]", text)] == list(range(1, 16))
    assert "All other changes or additions to this Appendix" in text
