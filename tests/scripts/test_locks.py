import re
import tomllib
from itertools import chain

import pytest

from tests.scripts.conftest import ROOT

PIN = re.compile(r"^([a-z0-9-]+)==(\S+)")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")


def lines(layer):
    written = (ROOT / "scripts" / "locks" / f"{layer}.txt").read_text()
    return [line for line in written.splitlines() if not line.startswith("#")]


def pins(layer):
    found = filter(None, map(PIN.match, lines(layer)))
    return {pin[1]: pin[2] for pin in found}


def wanted(*groups):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    lists = [
        project["project"]["dependencies"],
        *(project["dependency-groups"][name] for name in groups),
        *(project["project"]["optional-dependencies"].values() if "dev" in groups else ()),
    ]
    return {re.split(r"[^a-z0-9-]", wish)[0] for wish in chain(*lists)}


@pytest.mark.parametrize("layer", ["run", "dev"])
def test_only_pins_and_hashes(layer):
    """A lock holds versions and hashes, and no word of where packages are fetched from."""
    assert [line for line in lines(layer) if not (PIN.match(line) or HASH.match(line))] == []


@pytest.mark.parametrize(("layer", "groups"), [("run", ["build"]), ("dev", ["build", "dev"])])
def test_everything_wanted_is_locked(layer, groups):
    """What pyproject.toml asks for is in the lock; `python3 scripts/lock.py` brings it there."""
    assert wanted(*groups) - pins(layer).keys() == set()


def test_dev_only_adds():
    """The tests run over the very releases that the assistant runs over."""
    assert pins("run").items() <= pins("dev").items()
