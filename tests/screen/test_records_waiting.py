"""The list of records says what waits on this computer to be sent to a shared store."""

from dataclasses import replace

from assistant.errors import RecordsUnreachableError
from assistant.records.entry import EVERYTHING, EntryFilter, EntrySummary
from assistant.records.store import RecordStore, Waiting
from assistant.services import Services
from tests.screen.test_records_screen import an_entry
from tests.screen.worker import at_work


class Shared(RecordStore):
    """A store in which one record waits and another is refused."""

    def __init__(self, store: RecordStore) -> None:
        super().__init__(store._database)

    def waiting(self) -> list[Waiting]:
        return [
            Waiting(an_entry(7)),
            Waiting(an_entry(8), "Entry 1 was already corrected or withdrawn."),
        ]


class Away(Shared):
    """The same, with its server out of reach."""

    def page(
        self, before_seq: int | None, limit: int, wanted: EntryFilter = EVERYTHING
    ) -> list[EntrySummary]:
        raise RecordsUnreachableError("The server is away. 2 records will be sent later.")


async def test_the_list_says_how_many_wait(services: Services) -> None:
    """Under what it says of the entries that are there."""
    store = services.open_records()
    store.add(an_entry(1))
    async with at_work(replace(services, open_records=lambda: Shared(store))) as worker:
        await worker.press("r")
        assert (
            "2 records on this computer, not yet in the shared records. 1 refused" in worker.words
        )
        assert "90001" in worker.words


async def test_a_server_that_is_away_is_told_in_place_of_the_list(services: Services) -> None:
    store = services.open_records()
    async with at_work(replace(services, open_records=lambda: Away(store))) as worker:
        await worker.press("r")
        assert "The server is away. 2 records will be sent later." in worker.words
