"""What each way in loads: import-linter reads import lines, this looks at what they did."""

import pkgutil
import subprocess
import sys

import assistant.cli

SCREEN = {"textual", "rich"}
HEAVY = SCREEN | {"sqlalchemy", "alembic", "pydantic", "yaml"}

PROBE = """
import sys
{action}
print(*sorted({{name.partition(".")[0] for name in sys.modules}}))
"""

CALL = """
from assistant.cli import main
sys.argv = {words!r}
try:
    main()
except SystemExit:
    pass
"""


def printed_by(code):
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def loaded_by(action):
    """Return the top-level modules that a fresh Python has loaded after the action."""
    return set(printed_by(PROBE.format(action=action))[-1].split())


def help_of(*command):
    return CALL.format(words=["service-group", *command, "--help"])


def commands():
    """Read the names of all commands from the help that lists them."""
    lines = printed_by("import sys\n" + help_of())
    listed = lines[lines.index("Commands:") + 1 :]
    return [line.split()[0] for line in listed if line[:2] == "  " and line[2:3].strip()]


def modules_of(package):
    """Name the package and every module in it."""
    found = pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    return [package.__name__, *(module.name for module in found)]


def test_no_module_of_the_command_line_loads_the_screen():
    """Every module, that of the command that opens the screen too, is imported without Textual."""
    loaded = loaded_by(f"import {', '.join(modules_of(assistant.cli))}")
    assert loaded & SCREEN == set()


def test_no_command_loads_the_screen_to_explain_itself():
    """Every command that the help lists can be asked for its own, without Textual."""
    names = commands()
    assert {name: loaded_by(help_of(name)) & SCREEN for name in names} == {
        name: set() for name in names
    }


def test_the_list_of_commands_is_not_empty():
    """The test above walks over something."""
    assert "ask" in commands()


def test_the_way_in_is_light():
    """The commands are listed before the guide, the store or the screen is loaded."""
    assert loaded_by(help_of()) & HEAVY == set()
