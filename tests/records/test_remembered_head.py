"""What this computer remembers of the chain's end never stands in the way of a record that is safe."""

from assistant.records.chain import Head, RememberedHead

FIRST, SECOND = Head("a" * 32, 1, "b" * 64), Head("a" * 32, 2, "c" * 64)


def test_the_latest_end_is_remembered(tmp_path):
    """An earlier one that comes late changes nothing."""
    remembered = RememberedHead(tmp_path / "data" / "records.head")
    for head in (FIRST, SECOND, FIRST):
        remembered.remember(head)
    assert remembered.get() == SECOND
    assert [path.name for path in remembered.path.parent.iterdir()] == ["records.head"]


def test_a_place_that_cannot_be_written_is_let_be(tmp_path):
    """A file stands where the folder should be: nothing is remembered, and nothing raised."""
    in_the_way = tmp_path / "data"
    in_the_way.write_text("mine", encoding="utf-8")
    remembered = RememberedHead(in_the_way / "records.head")
    remembered.remember(FIRST)
    assert remembered.get() is None
    assert in_the_way.read_text(encoding="utf-8") == "mine"
