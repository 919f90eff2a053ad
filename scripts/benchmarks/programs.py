"""The programs that are measured: the assistant, and plain ones beside it."""

import py_compile
import re
import shutil
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

from environment.checkout import Checkout

from benchmarks.terminal import Terminal, environment

_OUR_WIDGETS = re.compile(
    r"\b(?!Static|Input|Label|Button|OptionList|DataTable)[A-Z]\w+(?=[^;{}]*\{)"
)
_COMMENTS = re.compile(r"/\*.*?\*/", re.DOTALL)


class Programs:
    """Starts programs over data folders of their own; use it in a `with`, which removes those."""

    def __init__(self, checkout: Checkout) -> None:
        self._checkout = checkout
        self._temporary = TemporaryDirectory(prefix="bench-")
        self._folder = Path(self._temporary.name)
        self._numbers = count()
        self._bare = _compiled_bare_app(checkout, self._folder / "bare")
        self.kept = self._folder / "kept"
        """The data folder of an assistant that has run before."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._temporary.cleanup()

    def assistant(self, data: Path | None = None) -> Terminal:
        """Start the installed command, over a new data folder unless one is given."""
        folder = data or self.new_folder()
        return Terminal([self._checkout.command], environment(folder))

    def bare(self) -> Terminal:
        """Start the bare Textual app."""
        return self._start_bare()

    def stand_in(self) -> Terminal:
        """Start the bare app that first reads the guide plainly."""
        return self._start_bare(self._checkout.root / "content")

    def plain(self) -> Terminal:
        """Start the interview in plain lines."""
        command: list[str | Path] = [self._checkout.command, "ask", "--plain"]
        return Terminal(command, environment(self.kept))

    def questionary(self) -> Terminal:
        """Start one question of a library made for questions in lines."""
        code = "import questionary; questionary.select('Which?', choices=['a', 'b']).ask()"
        return Terminal([self._checkout.python, "-c", code], environment(self._folder))

    def new_folder(self) -> Path:
        return self._folder / f"data-{next(self._numbers)}"

    def _start_bare(self, *arguments: Path) -> Terminal:
        command = [self._checkout.python, self._bare, *arguments]
        return Terminal(command, environment(self._folder))


def _compiled_bare_app(checkout: Checkout, folder: Path) -> Path:
    """Lay the bare app out with the assistant's style sheets, compiled as the assistant is."""
    folder.mkdir()
    source = Path(shutil.copy(Path(__file__).with_name("bare_app.py"), folder))
    for sheet in (checkout.package / "screen" / "styles").glob("*.tcss"):
        text = plain_styles(sheet.read_text(encoding="utf-8"))
        (folder / sheet.name).write_text(text, encoding="utf-8")
    compiled = folder / "bare_app.pyc"
    py_compile.compile(str(source), str(compiled), doraise=True)
    return compiled


def plain_styles(sheet: str) -> str:
    """Give a style sheet with the assistant's own widgets turned into classes of the same names."""
    return _OUR_WIDGETS.sub(r".\g<0>", _COMMENTS.sub("", sheet))
