"""The counts of a table as bars, one a row; they stand beside the same numbers in words."""

from textual_plotext import PlotextPlot

from assistant.interview.summarising.tables import Table


class BarChart(PlotextPlot):
    """Draws a bar for each line of a table, the first on top, as long as its count is great."""

    def __init__(self, table: Table) -> None:
        super().__init__()
        self._counts = [line.count if isinstance(line.count, int) else 0 for line in table.lines]
        self.styles.height = len(self._counts)

    def on_mount(self) -> None:
        rows = len(self._counts)
        names = [" " * row for row in range(rows)]  # plotext takes one name twice for one bar
        bars = list(reversed(self._counts))
        self.plt.bar(names, bars, orientation="horizontal", width=0.5, color="blue+")
        self.plt.frame(frame=False)
        self.plt.xticks([])
        self.plt.yticks([])
