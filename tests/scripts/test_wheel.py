import subprocess
import sys
import zipfile

import pytest

from tests.scripts.conftest import ROOT


@pytest.fixture(scope="module")
def packed(tmp_path_factory):
    """Build the wheel, fetching nothing, and give the names of the files in it."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [
        sys.executable,
        "-m",
        "hatchling",
        "build",
        "--target",
        "wheel",
        "--directory",
        str(folder),
    ]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    return set(zipfile.ZipFile(wheel).namelist())


def files(folder, packed_as):
    """Name every file of a folder as the wheel would, but for what Python leaves there."""
    found = [
        path
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    ]
    return {f"{packed_as}/{path.relative_to(ROOT / folder).as_posix()}" for path in found}


def test_the_whole_package(packed):
    """Every module, style sheet, help page and migration is in the wheel."""
    assert files("assistant", "assistant") - packed == set()


def test_the_whole_guide(packed):
    """The guide is where an installed assistant looks for it."""
    assert files("content", "assistant/_guide") - packed == set()


@pytest.mark.parametrize(
    "needed",
    ["assistant/_guide/guide.yaml", "assistant/records/migrations/env.py", "assistant/__main__.py"],
)
def test_what_an_installed_assistant_cannot_do_without(packed, needed):
    """A file that is no longer where it was is missed here, not by the person who installs."""
    assert needed in packed


def test_style_sheets(packed):
    """The screen's style sheets are data, and packed all the same."""
    assert [
        name
        for name in packed
        if name.startswith("assistant/screen/styles/") and name.endswith(".tcss")
    ]


def test_nothing_else(packed):
    """Only the assistant and its own description are installed: no tests, no scripts."""
    assert {name.split("/")[0] for name in packed} == {
        "assistant",
        "service_group_assistant-2.0.0.dist-info",
    }
