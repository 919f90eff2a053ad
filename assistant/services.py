"""The one place that chooses real things: guide, store, clock, ids, and the folders they live in."""

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import field
from datetime import UTC, datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.cases.drafts import DraftBox, MemoFolder
from assistant.errors import RecordsError, RecordsUnavailableError, UsageError
from assistant.guide.loading import LoadedGuide, load_guide
from assistant.guide.model import Guide
from assistant.private import private_folder, refusals_said, replace_private
from assistant.settings import (
    Settings,
    content_folder,
    data_folder,
    decisions_file,
    drafts_folder,
    load_settings,
)
from assistant.shapes import Frozen
from assistant.training.bookmarks import (
    HERE,
    Aliases,
    Bookmark,
    Bookmarks,
    Trainee,
    bookmarks_below,
    spelled,
)

if TYPE_CHECKING:
    from assistant.records.store import RecordStore
    from assistant.training.classes import ClassFile
    from assistant.training.content import Practice
    from assistant.training.session import PracticeSession

CODE_VARIABLE = "SERVICE_GROUP_CODE"  # the code of the alias, where a server knows whose it is
TRAINING_VARIABLE = "SERVICE_GROUP_TRAINING_ONLY"  # set to anything, hides and records nothing
RESULTS_FOLDER = "results"  # name of the folder, in the data folder, for results to hand in
LIFELINE_VARIABLE = "SERVICE_GROUP_LIFELINE"  # an open file's number; the assistant ends with it


class Services(Frozen):
    """What a front end works with; a test hands in others.

    `open_records` is called when the first record is written or read, since the store costs more
    to load than an interview; `now` gives an aware UTC time, `new_id` 32 hex digits. `resumes` goes
    on with a waiting draft unasked; `training_only` shows no records and records nothing. `assigned`
    is the class that practice offers first, and that the screen opens at. `folder` is the data folder.
    """

    loaded: LoadedGuide
    drafts: DraftBox
    memos: MemoFolder
    open_records: Callable[[], "RecordStore"]
    now: Callable[[], datetime]
    new_id: Callable[[], str]
    load_practice: "Callable[[], Practice]"
    bookmarks: Bookmarks
    folder: Path = Path()
    settings: Settings = field(default_factory=Settings)
    resumes: bool = False
    training_only: bool = False
    assigned: "ClassFile | None" = None

    @property
    def shares_practice(self) -> bool:
        """Whether the trainer finds practice answers where they are, so that none are handed in."""
        return bool(self.settings.records_url) or self.resumes


def real_services(
    content: Path | None = None, data: Path | None = None, decisions: Path | None = None
) -> Services:
    """Return the real things; flags win over the environment, and that over the settings.

    Raises `GuideError` when the guide cannot be used, `SettingsError` when the settings cannot.
    """
    settings = load_settings()
    folder = data_folder(data, settings)
    guide_folder = content_folder(content, settings)
    loaded = load_guide(guide_folder, folder, decisions_file(decisions, settings))
    return Services(
        loaded=loaded,
        drafts=DraftBox(drafts_folder(folder)),
        memos=MemoFolder(folder),
        open_records=lambda: _open_store(folder, settings.records_url, loaded.decision),
        now=partial(datetime.now, UTC),
        new_id=_new_id,
        load_practice=lambda: _load_practice(guide_folder, loaded.guide),
        bookmarks=Bookmarks(drafts_folder(folder)),
        folder=folder,
        settings=settings,
        training_only=bool(os.environ.get(TRAINING_VARIABLE)),
    )


def services_with_records(
    content: Path | None = None, data: Path | None = None, decisions: Path | None = None
) -> Services:
    """Return the real things where there are records; where there are none, nothing is made.

    Raises `RecordsUnavailableError` for a folder without records, which may be a slip in its name.
    """
    settings = load_settings()
    if not settings.records_url:
        _refuse_where_none(data_folder(data, settings))
    return real_services(content, data, decisions)


def _refuse_where_none(folder: Path) -> None:
    from assistant.records.sqlite import holds_records  # noqa: PLC0415 - SQLAlchemy, late

    if folder.exists() and not folder.is_dir():
        raise RecordsUnavailableError(
            f"{folder} is a file, not a folder.", mend="Give the folder that has the records."
        )
    if not holds_records(folder):
        raise RecordsUnavailableError(
            f"There are no records in {folder}.",
            mend="Check the folder's name. If it is right, nothing is recorded yet. Finish an"
            " interview and record its group.",
        )


def _open_store(folder: Path, url: str, rules: str) -> "RecordStore":
    from assistant.records.store import open_store  # noqa: PLC0415 - SQLAlchemy, when first needed

    return open_store(folder, url=url, rules=rules)


def load_store_library() -> None:
    """Load what the store needs, so that the first entry does not wait for it; a fault shows there."""
    with suppress(ImportError):
        import_module("assistant.records.store")


def _load_practice(folder: Path, guide: Guide) -> "Practice":
    from assistant.training.content import load_practice  # noqa: PLC0415 - for whoever practices

    return load_practice(folder, guide)


def practice_session(services: Services, typed: str) -> "PracticeSession":
    """Return the practice of one alias, with its code after it where that is needed.

    Raises `GuideError` where the guide has no practice stories, `UsageError` for an alias that is
    somebody else's.
    """
    from assistant.training.session import PracticeSession, Surroundings  # noqa: PLC0415 - as above
    from assistant.training.syllabus import Syllabus  # noqa: PLC0415

    around = Surroundings(
        open_log=lambda: services.open_records().practice,
        bookmarks=services.bookmarks,
        now=services.now,
        new_id=services.new_id,
    )
    syllabus = Syllabus(services.loaded, services.load_practice())
    return PracticeSession(syllabus, around, trainee_of(services, typed), services.assigned)


def trainee_of(services: Services, typed: str) -> Trainee:
    """Return who practices at this computer, or in this browser, under an alias; raises `UsageError`."""
    if code := os.environ.get(CODE_VARIABLE, ""):
        return Trainee(typed, code)
    return Aliases(services.folder).claim(typed, HERE, partial(trainees_known, services))


def bookmarks_here(services: Services) -> tuple[Bookmark, ...]:
    """Return where practice was left on this computer, also by visitors in a browser."""
    return *bookmarks_below(services.folder), *services.bookmarks.all()


def classes_here(services: Services) -> dict[str, "ClassFile"]:
    """Return the classes whose files are known here, by id: the one assigned, and those taken part in."""
    from assistant.training.classes import read_class  # noqa: PLC0415 - for whoever practices

    found = [services.assigned] if services.assigned else []
    for text in {mark.class_text for mark in bookmarks_here(services)} - {""}:
        with suppress(UsageError):
            found.append(read_class(text))
    return {one.id: one for one in found}


def trainees_known(services: Services, alias: str) -> set[str]:
    """Return the ids of the trainees who have answers under an alias, as far as that can be read."""
    from assistant.training.attempts import attempts_in  # noqa: PLC0415 - for whoever practices

    try:
        log = services.open_records().practice
        texts = log.texts(alias=spelled(alias, log.aliases()))
        return {made.trainee for made in attempts_in(texts)}
    except RecordsError:
        return set()


def others_practice_here(services: Services, alias: str) -> bool:
    """Tell whether answers of somebody else are kept here, so that there is something to report."""
    try:
        return any(one != alias for one in services.open_records().practice.aliases())
    except RecordsError:
        return False


def hand_in_results(services: Services, practice: "PracticeSession") -> str:
    """Write the answers in the class assigned to a file, and say where it is, or why there is none."""
    from assistant.training.attempts import results_text  # noqa: PLC0415 - for whoever practices

    made = practice.class_results()
    if not made:
        if practice.assigned and practice.class_done:
            return f"{practice.assigned.not_handed_in} Hand in the test first."
        return "There is nothing to hand in yet. Take part in the class first."
    path = (
        services.folder.absolute()
        / RESULTS_FOLDER
        / f"{practice.alias}-{made[0].class_id[:6]}.json"
    )
    try:
        with refusals_said(path.parent, "The results cannot be written", "Free up some space."):
            private_folder(path.parent.parent)
            private_folder(path.parent, wholly_ours=True)
            replace_private(path, results_text(made).encode())
    except RecordsUnavailableError as error:
        return str(error)
    rest = "" if practice.class_is_done else " You have not finished the class yet."
    return f"Your results are in this file. Give it to your trainer: {path}{rest}"


def _new_id() -> str:
    from uuid import uuid4  # noqa: PLC0415 - a front that only answers needs no ids

    return uuid4().hex
