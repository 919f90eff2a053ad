import os
import sys

from environment.checkout import Checkout


def test_ready_once_marked(installed):
    """A layer is ready when its set-up reached the end, and only that layer."""
    installed.mark_ready("run")
    assert (installed.is_ready("run"), installed.is_ready("dev")) == (True, False)


def test_half_done(installed):
    """Programs without a stamp are a set-up that was interrupted."""
    assert not installed.is_ready("run")
    assert not installed.is_at_home()


def test_unmarked(installed):
    """A layer being set up again is not ready meanwhile."""
    installed.mark_ready("run")
    installed.unmark("run")
    assert not installed.is_ready("run")


def test_changed_lock(installed):
    """A changed lock asks for an update of what is there, not for a new .venv."""
    installed.mark_ready("run")
    installed.lock("run").write_text("other==1 --hash=sha256:0\n")
    assert (installed.is_ready("run"), installed.is_at_home()) == (False, True)


def test_changed_project(installed):
    """A changed pyproject.toml asks for an update, since it says what the installed command is."""
    installed.mark_ready("run")
    (installed.root / "pyproject.toml").write_text("[project]\n")
    assert (installed.is_ready("run"), installed.is_at_home()) == (False, True)


def test_other_python(installed, monkeypatch):
    """Another Python than the one .venv was made with makes it useless."""
    installed.mark_ready("run")
    monkeypatch.setattr(sys, "base_prefix", "/opt/another")
    assert not installed.is_at_home()


def test_moved_checkout(installed):
    """Programs in .venv know their folder by name, so a moved checkout needs a new one."""
    installed.mark_ready("run")
    moved = Checkout(installed.root.rename(installed.root.with_name("moved")))
    assert not moved.is_at_home()


def test_python_gone(installed):
    """A link to a Python that an upgrade removed is no Python."""
    installed.mark_ready("run")
    installed.python.unlink()
    installed.python.symlink_to(installed.root / "nowhere")
    assert not installed.is_ready("run")


def test_damaged_stamp(installed):
    """A stamp that cannot be read says nothing."""
    (installed.venv / "ready-run").write_bytes(b"\xff\xfe\xfa")
    assert not installed.is_ready("run")


def test_compiled_until_a_module_changes(installed):
    """Modules count as compiled until one of them is newer than all were then."""
    installed.mark_compiled(installed.newest_source())
    before = installed.is_compiled()
    os.utime(installed.package / "__init__.py", (2_000_000_000, 2_000_000_000))
    assert (before, installed.is_compiled()) == (True, False)
