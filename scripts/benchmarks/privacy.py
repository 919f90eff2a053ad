"""How well the privacy guard tells personal details from ordinary words, over labelled notes."""

from collections.abc import Iterator

from tests.records.privacy_notes import DETAILS, ORDINARY, Rate, notes, rates, together


def privacy_lines() -> Iterator[str]:
    """Give a line a kind of note, a total for each side, and every note that the guard gets wrong."""
    found = list(rates(notes()))
    for names, verb in ((DETAILS, "found"), (ORDINARY, "false alarms")):
        side = [rate for rate in found if rate.kind in names]
        for rate in side:
            yield _line(names[rate.kind], rate, verb)
        yield _line("all of these", together(side), verb)
        for text in together(side).wrong:
            yield f"  wrong: {text}"


def _line(name: str, rate: Rate, verb: str) -> str:
    count = len(rate.wrong) if verb == "false alarms" else rate.of - len(rate.wrong)
    return f"{name:<26}{verb:<14}{count:>3} of {rate.of:>3}  {count / rate.of:>6.1%}"
