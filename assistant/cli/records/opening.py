"""Opens the records for a command that only looks at them, or changes what is there."""

from pathlib import Path

from assistant.bootstrap import Services, real_services
from assistant.errors import RecordsUnavailableError
from assistant.paths import data_folder as folder_of
from assistant.settings import load_settings


def services_with_records(content: Path | None, data: Path | None) -> Services:
    """Give the real things where there are records; where there are none, nothing is made.

    Raises `RecordsUnavailableError` for a folder without records, which may be a slip in its name.
    """
    settings = load_settings()
    if not settings.records_url:
        _refuse_where_none(folder_of(data, settings))
    return real_services(content, data)


def _refuse_where_none(folder: Path) -> None:
    from assistant.records.databases.health import holds_records  # noqa: PLC0415 - SQLAlchemy, late

    if folder.exists() and not folder.is_dir():
        raise RecordsUnavailableError(
            f"{folder} is a file, not a folder.", mend="Name the folder that holds the records."
        )
    if not holds_records(folder):
        raise RecordsUnavailableError(
            f"There are no records in {folder}.",
            mend="Check the folder's name. If it is right, nothing is recorded yet:"
            " finish an interview and record its group.",
        )
