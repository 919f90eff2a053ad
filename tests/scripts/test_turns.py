import time

from environment.install import one_at_a_time


def test_second_copy_waits(tmp_path, monkeypatch, capsys):
    """A copy that finds another at work says so once and goes on when the other is done."""
    path = tmp_path / "turn"
    first = one_at_a_time(path)
    first.__enter__()
    pauses = []

    def pause(seconds):
        pauses.append(seconds)
        if len(pauses) == 2:
            first.__exit__(None, None, None)

    monkeypatch.setattr(time, "sleep", pause)
    with one_at_a_time(path):
        said = capsys.readouterr().err
    assert (len(pauses), len(said.splitlines())) == (2, 1)


def test_alone(tmp_path, capsys):
    """A copy that is alone waits for nothing and says nothing, time after time."""
    for _ in range(2):
        with one_at_a_time(tmp_path / "turn"):
            pass
    assert capsys.readouterr().err == ""
