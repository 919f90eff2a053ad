"""`doctor`, `settings` and `completion`."""

import errno
import json
import os
import platform
import shlex
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import click
from click.shell_completion import BashComplete, FishComplete, ZshComplete

from assistant import settings
from assistant.cases.drafts import FOLDER_NAME, DraftBox
from assistant.cli.options import command, content_option, data_option
from assistant.errors import AssistantError, NoHomeError, SettingsError
from assistant.guide.loading import FILE as KEPT_FILE
from assistant.guide.loading import LoadedGuide, cached_guide, load_guide
from assistant.guide.problems import GuideProblemsError
from assistant.private import file_among, folders_kept, leftovers, open_to_others, try_writing
from assistant.records.outbox import Outbox
from assistant.records.sqlite import COPY_NAME, copies_in
from assistant.records.sqlite import FILE_NAME as STORE_FILE
from assistant.records.verify import look
from assistant.shapes import Frozen
from assistant.text import counted, is_terminal, say


class Finding(Frozen):
    """How one thing is: a few words, the place it is kept, and what to do if it is not well."""

    name: str
    says: str
    where: str = ""
    what_to_do: str = ""

    @property
    def healthy(self) -> bool:
        return not self.what_to_do

    def as_lines(self) -> Iterator[str]:
        """Return a line, and another where there is something to do."""
        place = f", in {self.where}" if self.healthy else f" ({self.where})"
        place = place if self.where else ""
        yield f"{self.name}: {self.says.rstrip('.')}{place}"
        if self.what_to_do:
            yield f"{self.name}, what to do: {self.what_to_do}"

    def as_object(self) -> dict[str, object]:
        return {
            "name": self.name,
            "healthy": self.healthy,
            "says": self.says,
            "where": self.where or None,
            "what_to_do": self.what_to_do or None,
        }


def examined(name: str, where: object, examine: Callable[[], str]) -> Finding:
    """Return what `examine` says of a healthy thing, or the error that it raises for another."""
    try:
        return Finding(name, examine(), str(where))
    except AssistantError as error:
        mend = error.mend or "show this to the person who looks after the assistant."
        return Finding(name, error.what, error.where or str(where), mend)


class Checkup:
    """Looks at what the settings, the environment or the flags point to, and leaves all as it was."""

    def __init__(
        self, content: Path | None, data: Path | None, decisions: Path | None = None
    ) -> None:
        self._settings = settings.Settings()  # until the file is read: what can be used in it
        self._loaded: LoadedGuide | None = None
        self._content, self._data, self._decisions = content, data, decisions

    def findings(self) -> Iterator[Finding]:
        try:
            path = settings.settings_path()
        except NoHomeError:
            path = settings.NO_FILE
        yield examined("Settings", path, self._read_settings)
        guide = settings.content_folder(self._content, self._settings)
        try:
            folder = _no_file(settings.data_folder(self._data, self._settings))
        except SettingsError as error:
            yield examined("Guide", guide, lambda: self._prove(guide))
            yield Finding("Folder", error.what, error.where, error.mend)
            return
        agency = settings.decisions_file(self._decisions, self._settings)
        yield examined("Guide", guide, lambda: self._prove(guide))
        if agency:
            yield examined("Decisions", agency, lambda: self._decided(guide, agency))
        yield examined("Folder", folder, lambda: _folder(folder))
        yield examined("Leftovers", folder, lambda: _leftovers(folder))
        yield examined("Copies", folder, lambda: _copies(folder))
        yield from self._records(folder)
        yield examined("Drafts", folder / FOLDER_NAME, lambda: _drafts(folder))
        yield Finding("Kept guide", self._kept_guide(folder), str(folder / KEPT_FILE))

    def _read_settings(self) -> str:
        """Count the mistakes, and do not repeat them: a mistyped line can hold anything."""
        file = settings.read_settings()
        self._settings = file.settings
        if file.mistakes:
            raise AssistantError(
                f"not usable, {counted(len(file.mistakes), 'mistake')}",
                mend="run service-group settings to see each line, and fix them so the assistant can start.",
            )
        found = counted(len(file.given), "setting") if file.there else "no file, and none is needed"
        return f"healthy, {found}"

    def _prove(self, folder: Path) -> str:
        loaded = self._load(folder)
        number, cases = loaded.guide.about.version, loaded.proof.cases
        return f"healthy, version {number}, proven over {cases} cases"

    def _decided(self, folder: Path, agency: Path) -> str:
        decisions = self._load(folder, agency).guide.decisions
        return f"healthy, {counted(len(decisions), 'decision')} of your agency"

    def _load(self, folder: Path, agency: Path | None = None) -> LoadedGuide:
        """Read, check and prove the guide afresh, with what the agency decided."""
        try:
            self._loaded = load_guide(folder, decisions=agency)
        except GuideProblemsError as error:
            raise AssistantError(
                f"not usable, {counted(len(error.problems), 'mistake')}",
                mend="service-group content check lists them with their lines.",
            ) from None
        return self._loaded

    def _kept_guide(self, folder: Path) -> str:
        """Tell whether the next start can use the guide kept from the last; without it, it is slower."""
        if not (folder / KEPT_FILE).is_file():
            return "none; the next start makes one"
        if self._loaded and cached_guide(folder, self._loaded.raw_hash):
            return "healthy"
        return "out of date; the next start with a correct guide replaces it"

    def _records(self, folder: Path) -> Iterator[Finding]:
        """Count the entries where they are kept, and what waits to be sent there, if anything can."""
        try:
            url = settings.records_url_in_use(self._settings)
        except AssistantError as error:
            yield Finding("Records", error.what, error.where, error.mend)
            return

        where = settings.server_of(url) if url else folder / STORE_FILE
        yield examined("Records", where, lambda: f"healthy, {look(folder, url=url) or 'none yet'}")
        if url and settings.may_be_unencrypted(url):
            yield Finding(
                "Connection",
                "the connection to the shared records may not be encrypted",
                str(where),
                "add sslmode=verify-full to the records address, after a question mark.",
            )
        box = Outbox(folder)
        if url or box.folder.exists():
            yield examined("Not sent yet", box.folder, lambda: _unsent(box, url))


def _no_file(folder: Path) -> Path:
    """Return the data folder; raises `SettingsError` where a file has its name, or that of one above."""
    if blocking := file_among(folder / "any"):
        raise SettingsError(
            "this is a file, and a folder is needed.",
            where=str(blocking),
            mend="name a folder instead, with --data, SERVICE_GROUP_DATA, or the setting folder.",
        )
    return folder


def _folder(folder: Path) -> str:
    """Tell whether all folders can be written in, which is tried in each, and are closed to others."""
    ask = "ask for permission to read and write there, or set a different folder in the settings."
    for each in folders_kept(folder):
        try:
            try_writing(each)
        except OSError as error:
            full = error.errno in {errno.ENOSPC, errno.EDQUOT}
            raise AssistantError(
                f"cannot be written to: {error.strerror}",
                where=str(each),
                mend="free up space on this disk." if full else ask,
            ) from None
    try:
        loose = open_to_others(folder)
    except OSError as error:
        raise AssistantError(f"cannot be read: {error.strerror}", mend=ask) from None
    if loose:
        names = " ".join(shlex.quote(str(path)) for path in loose)
        raise AssistantError(
            f"other people on this computer can open {counted(len(loose), 'item')} in it",
            mend=f"make it private: chmod go= {names}",
        )
    return f"healthy, {'writable' if folder.is_dir() else 'made when needed'}"


def _leftovers(folder: Path) -> str:
    """Tell whether a kill left something half-written: here, or where an export was to go."""
    left = leftovers(folder)
    if left:
        raise AssistantError(
            f"{counted(len(left), 'half-written file')}, which can have case numbers: {_named(left)}",
            mend="run service-group records list once, which removes them.",
        )
    return "healthy, none"


def _copies(folder: Path) -> str:
    """Tell whether somebody made a copy of the records; those from before an upgrade are our own."""
    copies = [path for path in copies_in(folder) if not path.name.startswith(COPY_NAME)]
    if copies:
        raise AssistantError(
            f"{counted(len(copies), 'copy', 'copies')} of the records, which have case numbers and what"
            f" was erased since: {_named(copies)}",
            mend="delete them, or move them to a place that only you can read.",
        )
    return "healthy, none"


def _named(paths: Iterable[Path]) -> str:
    return ", ".join(map(str, paths))


_UNREADABLE = "a newer version may have made them. If not, move them out of the folder."


def _drafts(folder: Path) -> str:
    box = DraftBox(folder)
    waiting, unreadable = len(box.waiting()), box.unreadable()
    if unreadable:
        files = counted(unreadable, "file")
        says = f"{waiting} waiting, and {files} that cannot be read"
        raise AssistantError(says, mend=_UNREADABLE)
    return f"healthy, {waiting} waiting"


def _unsent(box: Outbox, url: str) -> str:
    number, unreadable = len(box.waiting()), box.unreadable()
    says = counted(number, "record") if number else "healthy, nothing is waiting"
    if unreadable:
        says += f", and {counted(unreadable, 'file')} that cannot be read"
    if number and url:
        mend = "run service-group records send to send them, or to see why one is refused."
    elif number:
        mend = "set records_url again to send them, or keep the folder and ask for help."
    else:
        mend = _UNREADABLE
    if number or unreadable:
        raise AssistantError(says, mend=mend)
    return says


LEAST_WIDTH, LEAST_HEIGHT = 50, 16  # the smallest window the screen works in, in columns and rows


def program_versions() -> dict[str, str]:
    """Return each part's version, read from what was installed; empty where it is not installed."""
    packages = {"assistant": "service-group-assistant", "sqlalchemy": "SQLAlchemy"}
    names = ("assistant", "textual", "pydantic", "sqlalchemy", "click")
    return {
        **{name: _version(packages.get(name, name)) for name in names},
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "system": platform.platform(),
    }


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def parts(found: dict[str, str]) -> Finding:
    """Tell which parts are missing; the assistant itself may be run from its folder, uninstalled."""
    missing = [name for name, number in found.items() if not number and name != "assistant"]
    if not missing:
        return Finding("Parts", "healthy, everything needed is installed")
    mend = "run python3 scripts/start.py, which installs what is missing, or install it again."
    return Finding("Parts", f"not installed: {', '.join(missing)}", "", mend)


def terminal() -> Finding:
    """Tell whether the screen can be drawn here, and if not, what happens instead."""
    if not is_terminal(sys.stdin, sys.stdout):
        says = "healthy, but this output does not go to a terminal, so the screen cannot open here"
        return Finding("Terminal", says)
    encoding = (sys.stdout.encoding or "").lower()
    columns, rows = shutil.get_terminal_size()
    kind = os.environ.get("TERM", "") or "a console without a name"
    if kind == "dumb":
        kind = "dumb, so the interview is held in plain lines"
    says = f"{kind}, {columns} wide and {rows} high, {_colors()}, {encoding}"
    if encoding.replace("-", "") != "utf8":
        mend = "set the environment variable PYTHONUTF8 to 1, and set the terminal to UTF-8."
        return Finding("Terminal", f"cannot show every character: {says}", "", mend)
    if columns < LEAST_WIDTH or rows < LEAST_HEIGHT:
        mend = f"make the window at least {LEAST_WIDTH} wide and {LEAST_HEIGHT} high."
        return Finding("Terminal", f"too small: {says}", "", mend)
    return Finding("Terminal", f"healthy: {says}")


def _colors() -> str:
    if os.environ.get("NO_COLOR"):
        return "no color, as NO_COLOR asks"
    if os.environ.get("COLORTERM", "") in {"truecolor", "24bit"}:
        return "all colors"
    return "256 colors" if "256color" in os.environ.get("TERM", "") else "few colors"


def clipboard() -> Finding:
    """Say how copying works: a terminal does not tell whether it took the text."""
    if os.environ.get("TERM_PROGRAM") == "Apple_Terminal":
        says = "this terminal does not take text from programs. Select it with the mouse instead"
    elif os.environ.get("TMUX"):
        says = "works through tmux, which needs this setting: set -g set-clipboard on"
    else:
        says = "works through the terminal, which does not confirm it. If nothing pastes, use the mouse"
    return Finding("Clipboard", says)


@command()
@content_option
@data_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of lines.")
def doctor(
    content_folder: Path | None,
    decisions_file: Path | None,
    data_folder: Path | None,
    as_json: bool,
) -> int:
    """Show the versions, where everything is kept, whether it works, and what to do if not.

    It tries to write in each folder and leaves nothing there. It prints nothing about a case. Exit
    code 1 means that something needs attention.

    \b
    Example:
      service-group doctor
    """
    versions = program_versions()
    kept = Checkup(content_folder, data_folder, decisions_file).findings()
    findings = [parts(versions), *kept, terminal(), clipboard()]
    ill = [finding.name for finding in findings if not finding.healthy]
    if as_json:
        said = [finding.as_object() for finding in findings]
        say(json.dumps({"healthy": not ill, "versions": versions, "findings": said}, indent=2))
    else:
        say("\n".join(_lines(versions, findings)))
        say(f"Needs attention: {', '.join(ill)}. See above." if ill else "Everything is healthy.")
    return 1 if ill else 0


def _lines(versions: dict[str, str], findings: list[Finding]) -> Iterator[str]:
    for name, number in versions.items():
        missing = "none, run from its own folder" if name == "assistant" else "not installed"
        yield f"Version of {name}: {number or missing}"
    for finding in findings:
        yield from finding.as_lines()


@command("settings")
@click.option("--path", "only_path", is_flag=True, help="Print only the path of the settings file.")
def settings_(only_path: bool) -> int:
    """Show every setting, its value and where it comes from, and check the settings file.

    You can make and change the file with any editor. Each setting is a line, such as
    theme = "light".

    \b
    Example:
      service-group settings
    """
    if only_path:
        say(str(settings.settings_path()))
        return 0
    file = settings.read_settings()
    say(f"Settings file: {file.path}{'' if file.there else ' (no file, and none is needed)'}")
    in_use = {
        "folder": settings.known_data_folder(file.settings) or settings.NO_FILE,
        "content": settings.content_folder(settings=file.settings),
        "decisions": settings.decisions_file(settings=file.settings) or "",
        "alias": settings.alias_in_use(file.settings),
        "records_url": settings.without_secrets(settings.records_url_in_use(file.settings)),
    }
    for setting in settings.SETTINGS:
        value = in_use.get(setting.name, getattr(file.settings, setting.name))
        shown = str(value).lower() if isinstance(value, bool) else str(value) or "none"
        say(f"{setting.name}: {shown} ({_source(file, setting)})")
    for name in ("folder", "content", "decisions"):
        if in_use[name] and not Path(in_use[name]).exists():
            made = (
                " yet. It is made when something is kept."
                if name == "folder"
                else ". Check its name."
            )
            say(f"{name}: {in_use[name]} does not exist{made}")
    if not file.mistakes:
        return 0
    say("\n".join(file.mistakes))
    count = counted(len(file.mistakes), "mistake")
    say(f"{count} found. Fix the lines above so that the assistant can start.", err=True)
    return 1


def _source(file: settings.SettingsFile, setting: settings.Setting) -> str:
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
