"""What `service-group recommend` loads, on which its start depends."""

import subprocess
import sys

import pytest

from assistant.guide.loading import load_guide
from tests.builders import CONTENT

HEAVY = {
    "textual",
    "rich",
    "pydantic",
    "annotated_types",
    "yaml",
    "sqlalchemy",
    "alembic",
    "rapidfuzz",
    "sqlite3",
}

PROBE = """
import sys
from assistant.cli import main
sys.argv = ["service-group", "recommend", *sys.argv[1:]]
code = main()
print(*sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
sys.exit(code)
"""


def loaded_by(*words, lines=""):
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *words],
        input=lines,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout
    return set(done.stderr.splitlines()[-1].split())


@pytest.mark.parametrize(
    "words", [["goal=adoption"], ["--json", "goal=adoption"], ["--json", "-"], []]
)
def test_with_a_kept_guide_nothing_heavy_is_loaded(data_folder, words):
    """Neither the screen, nor what validates and parses the guide, nor the record store."""
    load_guide(CONTENT, kept_in=data_folder)
    assert loaded_by(*words, lines='{"goal": "adoption"}\n') & HEAVY == set()


def test_the_first_time_keeps_the_guide_for_the_next(data_folder):
    """So that only the first start is slow."""
    assert "yaml" in loaded_by("goal=adoption")
    assert "yaml" not in loaded_by("goal=adoption")


def test_the_first_time_loads_neither_screen_nor_store(data_folder):
    """A guide that is not kept is parsed and validated, and that is all."""
    assert loaded_by("goal=adoption") & HEAVY <= {"yaml", "pydantic", "annotated_types"}
