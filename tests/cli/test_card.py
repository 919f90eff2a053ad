"""`service-group content card`: text on the terminal, or a page of the caller's own."""

import shutil
import stat
from pathlib import Path

from assistant.cli import main
from tests.builders import shipped

GOOD = Path(__file__).parents[1] / "guide" / "good"


def test_text_names_every_group_within_eighty_columns(capsys):
    assert main(["content", "card"]) == 0
    out = capsys.readouterr().out
    assert all(group.name in out for group in shipped().guide.groups.values())
    assert max(map(len, out.splitlines())) <= 80


def test_a_page_is_written_for_its_owner_and_not_over_another(tmp_path, capsys):
    page = tmp_path / "card.html"
    assert main(["content", "card", "--output", str(page)]) == 0
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    written = page.read_text(encoding="utf-8")
    assert written.startswith("<!DOCTYPE html>")
    assert main(["content", "card", "--output", str(page)]) != 0
    assert page.read_text(encoding="utf-8") == written
    assert main(["content", "card", "--output", str(page), "--force"]) == 0
    assert capsys.readouterr().err


def test_a_guide_without_a_card_of_its_own_still_has_its_groups(tmp_path, capsys):
    folder = shutil.copytree(GOOD, tmp_path / "guide")
    (folder / "card.yaml").unlink()
    assert main(["content", "card", "--content", str(folder)]) == 0
    out = capsys.readouterr().out
    assert "First" in out
    assert "Second" in out
