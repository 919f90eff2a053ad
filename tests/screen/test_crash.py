"""A fault in the app itself: one sentence instead of a traceback, and nothing lost."""

from pathlib import Path

import pytest

from assistant.errors import CRASHED
from assistant.screen.app import ENDED
from assistant.screen.interview import InterviewScreen
from assistant.services import Services
from tests.screen.worker import at_work

CASE = "60606060"


class InjectedError(Exception):
    pass


async def test_a_fault_ends_in_a_sentence_and_keeps_the_draft(
    services: Services,
    data_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The exit code is 70, and neither the sentence nor the report quotes a value or a message."""

    def fail(_screen: InterviewScreen) -> None:
        case_number = CASE
        raise InjectedError(f"while holding {case_number}")

    monkeypatch.setattr(InterviewScreen, "action_change", fail)
    with pytest.raises(InjectedError):
        async with at_work(services) as worker:
            await worker.press("3", "c")
    assert worker.app.return_code == CRASHED
    said = capsys.readouterr()
    assert "error in the program" in " ".join((said.out + said.err).split())
    assert "Traceback" not in said.out + said.err
    (report,) = (data_folder / "crashes").iterdir()
    for text in (said.out, said.err, report.read_text(encoding="utf-8")):
        assert CASE not in text
    assert "InjectedError" in report.read_text(encoding="utf-8")
    assert [dict(d.answers) for d in services.drafts.waiting()] == [{"investigation": "concluded"}]


async def test_a_second_fault_adds_nothing(
    services: Services, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What goes wrong while the app ends is not told, nor how a programmer would see it."""

    def fail_again() -> None:
        raise InjectedError

    def fail(screen: InterviewScreen) -> None:
        screen.call_next(fail_again)
        fail_again()

    monkeypatch.setattr(InterviewScreen, "action_change", fail)
    with pytest.raises(InjectedError):
        async with at_work(services) as worker:
            await worker.press("3", "c")
    assert worker.app.return_code == CRASHED
    said = capsys.readouterr()
    words = " ".join((said.out + said.err).split())
    assert words.count("error in the program") == 1
    assert "NOTE" not in words


@pytest.mark.parametrize("told", [True, False])
async def test_leaving_while_a_screen_is_put_up_is_no_fault(
    services: Services, data_folder: Path, monkeypatch: pytest.MonkeyPatch, told: bool
) -> None:
    """A tab that is closed early takes nothing more, and what is not there yet is missed: no report."""

    def fail(_screen: InterviewScreen) -> None:
        if not told:
            raise BrokenPipeError
        raise InjectedError

    monkeypatch.setattr(InterviewScreen, "action_change", fail)
    with pytest.raises((InjectedError, BrokenPipeError)):  # noqa: PT012 - the app is left there
        async with at_work(services) as worker:
            if told:
                monkeypatch.setattr(worker.app, "_told_to_end", True)
            await worker.press("3", "c")
    assert worker.app.return_code == ENDED
    assert not (data_folder / "crashes").exists()
