"""What `service-group doctor` looks at: each function looks at one thing, touches nothing, and says."""

import os
import shlex
from pathlib import Path

from assistant.cli.findings import Finding
from assistant.content.kept import FILE as KEPT_FILE
from assistant.content.kept import take_out
from assistant.content.load import LoadedGuide, load_guide
from assistant.content.problems import GuideProblemsError
from assistant.errors import AssistantError, SettingsError
from assistant.problems import counted
from assistant.records.drafts import FOLDER_NAME, DraftBox
from assistant.records.private import open_to_others
from assistant.settings import Settings, read_settings, settings_path

_ASK = "ask for permission to read and write there, or set another folder in the settings."


def settings_now() -> tuple[Settings, Finding]:
    """Give the settings that can be used; their mistakes are counted and not repeated."""
    where = str(settings_path())
    try:
        reading = read_settings()
    except SettingsError as error:
        return Settings(), Finding("Settings", error.what, where, error.mend)
    if reading.problems:
        found = counted(len(reading.problems), "mistake")
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
        good = loaded and take_out(folder, loaded.raw_hash)
        says = "healthy" if good else "out of date, the next start with a sound guide replaces it"
    return Finding("Kept guide", says, str(folder / KEPT_FILE))


def records(folder: Path) -> Finding:
    """Count the entries."""
    # The database is loaded last, so that everything else is said even where it cannot be.
    from assistant.records.databases.health import size_in, store_path  # noqa: PLC0415

    where = str(store_path(folder))
    try:
        size = size_in(folder)
    except AssistantError as error:
        return Finding("Records", error.what, where, error.mend)
    return Finding("Records", f"healthy, {size}" if size else "healthy, none yet", where)


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
