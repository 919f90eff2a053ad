"""Memos kept as files."""

from datetime import UTC, datetime

from assistant.cases.drafts import MemoFolder

WHEN = datetime(2026, 10, 3, 14, 5, tzinfo=UTC)


def test_a_memo_of_an_entry_is_named_by_its_number(tmp_path):
    """And by the time, so that none is written over."""
    folder = MemoFolder(tmp_path)
    said = [
        folder.save(WHEN, "one", number=3),
        folder.save(WHEN, "two", number=3),
        folder.save(WHEN, "three"),
    ]
    stamp = f"{WHEN.astimezone():%Y%m%d-%H%M%S}"
    names = [f"memo-entry-3-{stamp}.txt", f"memo-entry-3-{stamp}-2.txt", f"memo-{stamp}.txt"]
    assert all(name in words for name, words in zip(names, said, strict=True))
    assert all(f"{tmp_path / 'memos'}" in words for words in said)
    texts = [(tmp_path / "memos" / name).read_text(encoding="utf-8") for name in names]
    assert texts == ["one", "two", "three"]
