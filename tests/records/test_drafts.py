"""Unfinished interviews wait in files that a kill at any moment cannot break."""

import json
import os
import stat
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from assistant.cases.drafts import Draft, DraftBox
from assistant.errors import RecordsUnavailableError
from tests.examples import examples

NOON = datetime(2026, 10, 3, 12, tzinfo=UTC)


def draft(number: int = 1, minutes: int = 0, **answers: str) -> Draft:
    return Draft(
        id=f"{number:032x}",
        saved_at=NOON + timedelta(minutes=minutes),
        answers=answers,
        meaning_hash="b" * 64,
        content_version="1",
    )


@pytest.fixture
def box(data_folder: Path) -> DraftBox:
    return DraftBox(data_folder)


@pytest.fixture
def folder(data_folder: Path) -> Path:
    return data_folder / "drafts"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_draft_is_read_as_it_was_saved(box: DraftBox) -> None:
    """Every field comes back, the answers in the order given."""
    saved = replace(draft(goal="adoption", case_plan="unsure", fins="no"), assumed=("fins",))
    box.save(saved)
    (read,) = box.waiting()
    assert read == saved
    assert list(read.answers) == ["goal", "case_plan", "fins"]


def test_a_draft_of_an_older_assistant_is_read(box: DraftBox, folder: Path) -> None:
    """What it did not keep is empty, and what is kept no more is passed over."""
    folder.mkdir(parents=True)
    more = {"counted": ["goal"], "leads_to": ["adoption", "none"]}
    (folder / f"{GOOD['id']}.json").write_text(json.dumps(GOOD | more))
    (read,) = box.waiting()
    assert (dict(read.answers), read.assumed, read.corrects) == (GOOD["answers"], (), "")


def test_no_other_field_takes_a_number_in() -> None:
    """A case number cannot be saved there either."""
    with pytest.raises(ValueError, match="words of the guide"):
        replace(draft(goal="none"), assumed=("70707070",))


def test_a_later_save_replaces_the_earlier(box: DraftBox, folder: Path) -> None:
    """One interview is one file, however often it is saved, and no other file is left."""
    box.save(draft(goal="none"))
    box.save(draft(goal="none", fins="no"))
    assert [dict(waiting.answers) for waiting in box.waiting()] == [{"goal": "none", "fins": "no"}]
    assert names(folder) == [f"{1:032x}.json"]


def test_drafts_wait_newest_first(box: DraftBox) -> None:
    """The interview left last is offered first."""
    for number, minutes in ((1, 5), (2, 9), (3, 7)):
        box.save(draft(number, minutes))
    assert [int(waiting.id, 16) for waiting in box.waiting()] == [2, 3, 1]


def test_no_folder_means_no_drafts(box: DraftBox, data_folder: Path) -> None:
    """Looking for drafts on a first start finds none and makes nothing."""
    assert (box.waiting(), box.unreadable(), data_folder.exists()) == ([], 0, False)


def test_a_discarded_draft_is_gone(box: DraftBox, folder: Path) -> None:
    """Its file goes, with what a kill left of it; the others stay; a second time is no error."""
    box.save(draft(1))
    box.save(draft(2))
    (folder / f"{1:032x}.77.part").write_bytes(b"{")
    box.discard(f"{1:032x}")
    box.discard(f"{1:032x}")
    assert names(folder) == [f"{2:032x}.json"]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_save_cut_short_leaves_the_earlier_draft(
    box: DraftBox, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """A kill before the last step leaves a half file that nobody takes for a draft."""
    box.save(draft(goal="none"))

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    target = os if step == "fsync" else Path
    monkeypatch.setattr(target, step, killed)
    with pytest.raises(KeyboardInterrupt):
        box.save(draft(goal="none", fins="no"))
    monkeypatch.undo()
    assert [dict(waiting.answers) for waiting in box.waiting()] == [{"goal": "none"}]
    assert box.unreadable() == 0


GOOD = {
    "format": 1,
    "id": f"{9:032x}",
    "saved_at": NOON.isoformat(),
    "answers": {"goal": "none"},
    "meaning_hash": "b",
    "content_version": "1",
}
FOREIGN = {
    "empty": b"",
    "half": json.dumps(GOOD).encode()[:-10],
    "binary": bytes(range(256)),
    "another shape": b"[1, 2]",
    "a number": b"7",
    "null": b"null",
    "no fields": b"{}",
    "deep": b"[" * 60_000,
    "huge": b" " * 70_000 + json.dumps(GOOD).encode(),
    "newer format": json.dumps({**GOOD, "format": 2}).encode(),
    "another's id": json.dumps({**GOOD, "id": "a" * 32}).encode(),
    "id no text": json.dumps({**GOOD, "id": 5}).encode(),
    "no zone": json.dumps({**GOOD, "saved_at": "2026-10-03T12:00:00"}).encode(),
    "no time": json.dumps({**GOOD, "saved_at": 5}).encode(),
    "answers in a list": json.dumps({**GOOD, "answers": []}).encode(),
    "answer no text": json.dumps({**GOOD, "answers": {"goal": 5}}).encode(),
    "answer no word": json.dumps({**GOOD, "answers": {"goal": "case 123"}}).encode(),
}


@pytest.mark.parametrize("held", FOREIGN.values(), ids=FOREIGN)
def test_a_file_that_is_no_draft_is_passed_over_and_left_alone(
    box: DraftBox, folder: Path, held: bytes
) -> None:
    """It is counted, never offered, never changed, and hides no other draft."""
    box.save(draft(1))
    path = folder / f"{GOOD['id']}.json"
    path.write_bytes(held)
    assert ([int(waiting.id, 16) for waiting in box.waiting()], box.unreadable()) == ([1], 1)
    assert path.read_bytes() == held


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_among_the_drafts_is_not_waited_for(box: DraftBox, folder: Path) -> None:
    """Something that is no plain file is never opened."""
    box.save(draft(1))
    os.mkfifo(folder / f"{GOOD['id']}.json")
    (folder / "folder.json").mkdir()
    assert (len(box.waiting()), box.unreadable()) == (1, 2)


@examples(50, HealthCheck.function_scoped_fixture)
@given(st.binary())
def test_any_bytes_are_read_without_failing(box: DraftBox, folder: Path, held: bytes) -> None:
    """Whatever stands in a draft's place, looking at the drafts goes on."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{GOOD['id']}.json").write_bytes(held)
    assert len(box.waiting()) + box.unreadable() == 1


@pytest.mark.parametrize("name", ["", "../x", "*", "A" * 32, "0" * 31, "0" * 33, f"{'0' * 32}\n"])
def test_an_id_names_no_other_file(box: DraftBox, name: str) -> None:
    """Only 32 hexadecimal digits are an id, for a draft as for discarding one."""
    with pytest.raises(ValueError, match="hexadecimal"):
        box.discard(name)
    with pytest.raises(ValueError, match="hexadecimal"):
        Draft(id=name, saved_at=NOON, answers={}, meaning_hash="", content_version="")


@pytest.mark.parametrize("answer", ["123456", "case 7", "", "Adoption", "none\n"])
def test_a_draft_holds_words_of_the_guide_alone(answer: str) -> None:
    """A case number cannot be saved among the answers."""
    with pytest.raises(ValueError, match="words of the guide"):
        draft(goal=answer)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no modes")
def test_drafts_are_their_owner_s_alone(box: DraftBox, folder: Path) -> None:
    """Folder 0700 and file 0600 under an umask that hides nothing, and again once loosened."""
    before = os.umask(0)
    try:
        box.save(draft())
        folder.chmod(0o777)
        box.save(draft())
    finally:
        os.umask(before)
    modes = [
        stat.S_IMODE(path.stat().st_mode) for path in (folder.parent, folder, *folder.iterdir())
    ]
    assert modes == [0o700, 0o700, 0o600]


def test_a_folder_that_cannot_be_made_is_said_so(tmp_path: Path) -> None:
    """A path that runs through a file ends in words that say where and what to do."""
    (tmp_path / "file").touch()
    with pytest.raises(RecordsUnavailableError, match="cannot be saved for later") as caught:
        DraftBox(tmp_path / "file").save(draft())
    assert caught.value.mend


def test_a_folder_without_permission_is_said_so(ordinary_folder: Path) -> None:
    """Drafts that cannot be listed, saved or discarded end in words, each time."""
    box = DraftBox(ordinary_folder)
    box.save(draft())
    (ordinary_folder / "drafts").chmod(0o500)
    for use in (lambda: box.save(draft(2)), lambda: box.discard(draft().id)):
        with pytest.raises(RecordsUnavailableError):
            use()
    assert len(box.waiting()) == 1


def test_a_full_disk_keeps_the_earlier_draft(
    box: DraftBox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A save that finds no room says so; the draft before it still waits."""
    box.save(draft(goal="none"))

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(RecordsUnavailableError, match="No space left"):
        box.save(draft(goal="none", fins="no"))
    assert [dict(waiting.answers) for waiting in box.waiting()] == [{"goal": "none"}]
