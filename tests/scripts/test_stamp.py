import os
import sys

from environment.checkout import Checkout
from environment.stamp import (
    is_at_home,
    is_compiled,
    is_ready,
    mark_compiled,
    mark_ready,
    newest_source,
    unmark,
)


def test_ready_once_marked(installed):
    """A layer is ready when its set-up reached the end, and only that layer."""
    mark_ready(installed, "run")
    assert (is_ready(installed, "run"), is_ready(installed, "dev")) == (True, False)


def test_half_done(installed):
    """Programs without a stamp are a set-up that was interrupted."""
    assert not is_ready(installed, "run")
    assert not is_at_home(installed)


def test_unmarked(installed):
    """A layer being set up again is not ready meanwhile."""
    mark_ready(installed, "run")
    unmark(installed, "run")
    assert not is_ready(installed, "run")


def test_changed_lock(installed):
    """A changed lock asks for an update of what is there, not for a new .venv."""
    mark_ready(installed, "run")
    installed.lock("run").write_text("other==1 --hash=sha256:0\n")
    assert (is_ready(installed, "run"), is_at_home(installed)) == (False, True)


def test_changed_project(installed):
    """A changed pyproject.toml asks for an update, since it says what the installed command is."""
    mark_ready(installed, "run")
    (installed.root / "pyproject.toml").write_text("[project]\n")
    assert (is_ready(installed, "run"), is_at_home(installed)) == (False, True)


def test_other_python(installed, monkeypatch):
    """Another Python than the one .venv was made with makes it useless."""
    mark_ready(installed, "run")
    monkeypatch.setattr(sys, "base_prefix", "/opt/another")
    assert not is_at_home(installed)


def test_moved_checkout(installed):
    """Programs in .venv know their folder by name, so a moved checkout needs a new one."""
    mark_ready(installed, "run")
    moved = Checkout(installed.root.rename(installed.root.with_name("moved")))
    assert not is_at_home(moved)


def test_python_gone(installed):
    """A link to a Python that an upgrade removed is no Python."""
    mark_ready(installed, "run")
    installed.python.unlink()
    installed.python.symlink_to(installed.root / "nowhere")
    assert not is_ready(installed, "run")


def test_damaged_stamp(installed):
    """A stamp that cannot be read says nothing."""
    (installed.venv / "ready-run").write_bytes(b"\xff\xfe\xfa")
    assert not is_ready(installed, "run")


def test_compiled_until_a_module_changes(installed):
    """Modules count as compiled until one of them is newer than all were then."""
    mark_compiled(installed, newest_source(installed))
    before = is_compiled(installed)
    os.utime(installed.package / "__init__.py", (2_000_000_000, 2_000_000_000))
    assert (before, is_compiled(installed)) == (True, False)
