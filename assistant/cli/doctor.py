"""`doctor`, `settings` and `completion`."""

import json
import os
import platform
import shlex
import shutil
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import click
from click.shell_completion import BashComplete, FishComplete, ZshComplete

from assistant.cases.drafts import FOLDER_NAME, DraftBox
from assistant.cli.options import command, content_option, data_option, say
from assistant.errors import AssistantError, SettingsError
from assistant.guide.loading import FILE as KEPT_FILE
from assistant.guide.loading import LoadedGuide, cached_guide, load_guide
from assistant.guide.problems import GuideProblemsError
from assistant.private import open_to_others
from assistant.records.outbox import Outbox
from assistant.settings import (
    SETTINGS,
    Setting,
    Settings,
    SettingsFile,
    alias_in_use,
    read_settings,
    records_url_in_use,
    server_of,
    settings_path,
    without_secrets,
)
from assistant.settings import content_folder as content_of
from assistant.settings import data_folder as data_of
from assistant.text import counted


@dataclass(frozen=True)
class Finding:
    """How one thing is: a few words, the place it is kept, and what to do if it is not well."""

    name: str
    says: str
    where: str = ""
    what_to_do: str = ""

    @property
    def healthy(self) -> bool:
        return not self.what_to_do


def as_lines(findings: Iterable[Finding]) -> Iterator[str]:
    """Give a line each, and another where there is something to do."""
    for finding in findings:
        place = f", in {finding.where}" if finding.where else ""
        yield f"{finding.name}: {finding.says.rstrip('.')}{place}"
        if finding.what_to_do:
            yield f"{finding.name}, what to do: {finding.what_to_do}"


def as_object(finding: Finding) -> dict[str, object]:
    """Give what JSON shows of a finding."""
    return {
        "name": finding.name,
        "healthy": finding.healthy,
        "says": finding.says,
        "where": finding.where or None,
        "what_to_do": finding.what_to_do or None,
    }


_ASK = "ask for permission to read and write there, or set another folder in the settings."


def settings_now() -> tuple[Settings, Finding]:
    """Give the settings that can be used; their mistakes are counted and not repeated."""
    where = str(settings_path())
    try:
        reading = read_settings()
    except SettingsError as error:
        return Settings(), Finding("Settings", error.what, where, error.mend)
    if reading.mistakes:
        found = counted(len(reading.mistakes), "mistake")
        mend = "service-group settings lists them with their lines; until mended, nothing starts."
        return reading.settings, Finding("Settings", f"not usable, {found}", where, mend)
    set_here = counted(len(reading.given), "setting")
    says = f"healthy, {set_here}" if reading.there else "healthy, no file and none needed"
    return reading.settings, Finding("Settings", says, where)


def guide_now(folder: Path) -> tuple[LoadedGuide | None, Finding]:
    """Read, check and prove the guide afresh."""
    try:
        loaded = load_guide(folder)
    except GuideProblemsError as error:
        found = counted(len(error.problems), "mistake")
        mend = "service-group content check lists them with their lines."
        return None, Finding("Guide", f"not usable, {found}", str(folder), mend)
    except AssistantError as error:
        return None, Finding("Guide", error.what, error.where or str(folder), error.mend)
    version, cases = loaded.guide.about.version, loaded.proof.cases
    return loaded, Finding(
        "Guide", f"healthy, version {version}, proven over {cases} cases", str(folder)
    )


def kept_guide(folder: Path, loaded: LoadedGuide | None) -> Finding:
    """Tell whether the next start can use the guide kept from the last; without it, it is slower."""
    says = "none, the next start makes one"
    if (folder / KEPT_FILE).is_file():
        good = loaded and cached_guide(folder, loaded.raw_hash)
        says = "healthy" if good else "out of date, the next start with a sound guide replaces it"
    return Finding("Kept guide", says, str(folder / KEPT_FILE))


def records(folder: Path) -> Finding:
    """Count the entries."""
    # The database is loaded last, so that everything else is said even where it cannot be.
    from assistant.records.sqlite import FILE_NAME  # noqa: PLC0415
    from assistant.records.store import look  # noqa: PLC0415

    where = str(folder / FILE_NAME)
    try:
        held = look(folder)
    except AssistantError as error:
        return Finding("Records", error.what, where, error.mend)
    return Finding("Records", f"healthy, {held or 'none yet'}", where)


def drafts(folder: Path) -> Finding:
    """Count the unfinished interviews, and the files that cannot be read as one."""
    box, where = DraftBox(folder), str(folder / FOLDER_NAME)
    try:
        waiting, unreadable = len(box.waiting()), box.unreadable()
    except AssistantError as error:
        return Finding("Drafts", error.what, where, error.mend)
    if not unreadable:
        return Finding("Drafts", f"healthy, {waiting} waiting", where)
    mend = "a newer assistant may have made them; if not, move them out of the folder."
    says = f"{waiting} waiting, and {counted(unreadable, 'file')} that cannot be read"
    return Finding("Drafts", says, where, mend)


def folder_now(folder: Path) -> Finding:
    """Tell whether the folder of all these can be written in, and kept from others."""
    there = folder.is_dir()
    above = next((path for path in (folder, *folder.parents) if path.exists()), folder)
    if not above.is_dir() or not os.access(above, os.W_OK | os.X_OK):
        return Finding("Folder", "cannot be written in", str(folder), _ASK)
    try:
        loose = open_to_others(folder)
    except OSError as error:
        return Finding("Folder", f"cannot be read, {error.strerror}", str(folder), _ASK)
    if loose:
        names = " ".join(shlex.quote(str(path)) for path in loose)
        says = f"{counted(len(loose), 'thing')} in it not closed to others on this computer"
        return Finding("Folder", says, str(folder), f"close it: chmod go= {names}")
    return Finding("Folder", f"healthy, {'writable' if there else 'made when needed'}", str(folder))


def shared_records(url: str, folder: Path) -> Finding:
    """Count the entries in a shared store; an address is named without user and password."""
    # The database is loaded last, so that everything else is said even where it cannot be.
    from assistant.records.store import look  # noqa: PLC0415

    where = str(server_of(url))
    try:
        held = look(folder, url=url)
    except AssistantError as error:
        return Finding("Records", error.what, where, error.mend)
    return Finding("Records", f"healthy, {held or 'none yet'}", where)


def waiting(url: str, folder: Path) -> Iterator[Finding]:
    """Count what waits to be sent, where anything can; records of this computer alone never do."""
    box = Outbox(folder)
    try:
        number, unreadable = len(box.waiting()), box.unreadable()
    except AssistantError as error:
        yield Finding("Not sent yet", error.what, error.where, error.mend)
        return
    if not (url or number or unreadable):
        return
    says = counted(number, "record") if number else "healthy, nothing waits"
    if unreadable:
        says += f", and {counted(unreadable, 'file')} that cannot be read"
    yield Finding("Not sent yet", says, str(box.folder), _what_to_do(url, number, unreadable))


def _what_to_do(url: str, number: int, unreadable: int) -> str:
    if number and not url:
        return "set records_url again, so that they are sent; or keep the folder for whoever helps."
    if number:
        return "service-group records send sends them, or says why one is refused."
    if unreadable:
        return "a newer assistant may have made them; if not, move them out of the folder."
    return ""


LEAST_WIDTH, LEAST_HEIGHT = 50, 16
"""The smallest window the screen works in, in columns and rows."""

_PACKAGES = {
    "assistant": "service-group-assistant",
    "textual": "textual",
    "pydantic": "pydantic",
    "sqlalchemy": "SQLAlchemy",
    "click": "click",
}


def program_versions() -> dict[str, str]:
    """Give each part's version, read from what was installed; empty where it is not installed."""
    return {
        **{name: _version(package) for name, package in _PACKAGES.items()},
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "system": platform.platform(),
    }


def parts(found: dict[str, str]) -> Finding:
    """Tell which parts are missing; the assistant itself may be run from its folder, uninstalled."""
    missing = [name for name, number in found.items() if not number and name != "assistant"]
    if missing:
        mend = "run python3 scripts/start.py, which installs what is missing, or install it again."
        return Finding("Parts", f"not installed: {', '.join(missing)}", "", mend)
    return Finding("Parts", "healthy, all that is needed is installed")


def terminal() -> Finding:
    """Tell whether the screen can be drawn here, and if not, what happens instead."""
    encoding = (sys.stdout.encoding or "").lower()
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return Finding(
            "Terminal", "healthy, but this output goes to none, so nothing is drawn here"
        )
    columns, rows = shutil.get_terminal_size()
    says = f"{_kind()}, {columns} wide and {rows} high, {_colour()}, {encoding}"
    if encoding.replace("-", "") != "utf8":
        mend = "set the environment variable PYTHONUTF8 to 1, and the terminal to UTF-8."
        return Finding("Terminal", f"cannot show every character: {says}", "", mend)
    if columns < LEAST_WIDTH or rows < LEAST_HEIGHT:
        mend = f"make the window at least {LEAST_WIDTH} wide and {LEAST_HEIGHT} high."
        return Finding("Terminal", f"too small: {says}", "", mend)
    return Finding("Terminal", f"healthy: {says}")


def clipboard() -> Finding:
    """Say how copying works: a terminal does not tell whether it took the text."""
    if os.environ.get("TERM_PROGRAM") == "Apple_Terminal":
        says = "this terminal takes no text from programs; select it with the mouse instead"
    elif os.environ.get("TMUX"):
        says = "goes through tmux, where it needs: set -g set-clipboard on"
    else:
        says = "goes through the terminal, which does not tell; if nothing pastes, use the mouse"
    return Finding("Clipboard", says)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _kind() -> str:
    kind = os.environ.get("TERM", "")
    if kind == "dumb":
        return "dumb, so the interview is held in plain lines"
    return kind or "a console without a name"


def _colour() -> str:
    if os.environ.get("NO_COLOR"):
        return "no colour, as NO_COLOR asks"
    if os.environ.get("COLORTERM", "") in {"truecolor", "24bit"}:
        return "all colours"
    return "256 colours" if "256color" in os.environ.get("TERM", "") else "few colours"


@command()
@content_option
@data_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of lines.")
def doctor(content_folder: Path | None, data_folder: Path | None, as_json: bool) -> int:
    """Say which versions these are, where everything is kept, whether it is healthy, and what to do.

    Nothing is made or changed, and nothing of a case is printed. Exit code 1 when anything needs
    to be done.

    \b
    Example:
      service-group doctor
    """
    versions = program_versions()
    findings = [
        parts(versions),
        *_kept_things(content_folder, data_folder),
        terminal(),
        clipboard(),
    ]
    healthy = all(finding.healthy for finding in findings)
    if as_json:
        said = [as_object(finding) for finding in findings]
        say(json.dumps({"healthy": healthy, "versions": versions, "findings": said}, indent=2))
    else:
        say("\n".join(_lines(versions, findings)))
    return 0 if healthy else 1


def _kept_things(content: Path | None, data: Path | None) -> Iterator[Finding]:
    """Look at what the settings, the environment or the flags point to."""
    settings, finding = settings_now()
    yield finding
    loaded, finding = guide_now(content_of(content, settings))
    yield finding
    folder = data_of(data, settings)
    yield folder_now(folder)
    yield from _records(settings, folder)
    yield drafts(folder)
    yield kept_guide(folder, loaded)


def _records(settings: Settings, folder: Path) -> Iterator[Finding]:
    """Look at the records where they are kept, and at what waits to be sent there."""
    try:
        url = records_url_in_use(settings)
    except SettingsError as error:
        yield Finding("Records", error.what, error.where, error.mend)
        return
    yield shared_records(url, folder) if url else records(folder)
    yield from waiting(url, folder)


def _lines(versions: dict[str, str], findings: list[Finding]) -> Iterator[str]:
    for name, number in versions.items():
        missing = "none, run from its own folder" if name == "assistant" else "not installed"
        yield f"Version of {name}: {number or missing}"
    yield from as_lines(findings)
    ill = [finding.name for finding in findings if not finding.healthy]
    yield f"To do: {', '.join(ill)}, as said above." if ill else "All is healthy."


@command()
@click.option("--path", "only_path", is_flag=True, help="Print only where the settings file is.")
def settings(only_path: bool) -> int:
    """Show every setting, its value and where it comes from, and check the settings file.

    The file is made and changed with any editor; a setting is a line, such as theme = "light".

    \b
    Example:
      service-group settings
    """
    if only_path:
        say(str(settings_path()))
        return 0
    file = read_settings()
    say(f"Settings file: {file.path}{'' if file.there else ' (not there; none needed)'}")
    in_use = {
        "folder": data_of(settings=file.settings),
        "content": content_of(settings=file.settings),
        "alias": alias_in_use(file.settings),
        "records_url": without_secrets(records_url_in_use(file.settings)),
    }
    for setting in SETTINGS:
        value = in_use.get(setting.name, getattr(file.settings, setting.name))
        shown = str(value).lower() if isinstance(value, bool) else str(value) or "none"
        say(f"{setting.name}: {shown} ({_source(file, setting)})")
    if not file.mistakes:
        return 0
    say("\n".join(file.mistakes))
    count = counted(len(file.mistakes), "mistake")
    say(f"{count} found; until mended, the assistant does not start.", err=True)
    return 1


def _source(file: SettingsFile, setting: Setting) -> str:
    """Return where the value in use comes from."""
    if os.environ.get(setting.variable, "").strip():
        return f"environment, {setting.variable}"
    return "settings file" if setting.name in file.given else "default"


SHELLS = {"bash": BashComplete, "zsh": ZshComplete, "fish": FishComplete}
"""What writes the script for each shell."""


@command()
@click.argument("shell", type=click.Choice(list(SHELLS)))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> int:
    """Print the script that completes commands, options and values in a shell.

    \b
    Put one line into the shell's own start file:
      bash  eval "$(service-group completion bash)"
      zsh   eval "$(service-group completion zsh)"
      fish  service-group completion fish | source

    \b
    Example:
      service-group completion bash
    """
    script = SHELLS[shell](ctx.find_root().command, {}, "service-group", "_SERVICE_GROUP_COMPLETE")
    say(script.source())
    return 0
