"""What social security and phone numbers look like in a caseworker's notes.

Shapes follow United States usage: social security numbers are grouped 3-2-4 (Social Security
Administration), telephone numbers 3-3-4 (North American Numbering Plan).
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Number:
    """A shape of digits; an excusable one passes where a label says that it is something else."""

    kind: str
    why: str
    pattern: re.Pattern[str]
    excusable: bool = False


def ignoring_case(*parts: str) -> re.Pattern[str]:
    """Compile one pattern from its parts."""
    return re.compile("".join(parts), re.IGNORECASE)


_START = r"(?<!\d)(?<!\d[-./,_])(?<!\$)(?<!\$ )"
"""A number starts here: not inside a longer one, and not an amount of money."""

_END = r"(?!\d)(?![-./_]\d)(?!,\d{3}(?!\d))"
"""A number ends here."""

_GROUPS_START = _START.replace("/", "")
_GROUPS_END = _END.replace("/", "")
"""The same for a number in groups, which may stand beside another one with a slash between."""

_DASH = r"[-\u2010-\u2015\u2212._/\u00b7\u2022]"
_GAP = rf"(?:\s?{_DASH}{{1,2}}\s?|\s)"
"""What may stand between the groups of one number."""

_WORDS = r"(?:\W{1,3}(?:[a-z']++|4\b)){0,4}\W{1,4}"
"""Up to four words, and what parts them from a number."""

_SPELLED = r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine)"


def _spelled(count: int) -> str:
    """Give the pattern of so many digits written as words, and no more."""
    more = rf"[\s,.-]{{1,3}}{_SPELLED}\b"
    return rf"\b{_SPELLED}(?:{more}){{{count - 1}}}(?!{more})"


_SOCIAL = "a social security number"
_LAST_FOUR = "the last four digits of one"
_SSN = r"\bs\.?s\.?n\b\.?"
_SOCIAL_WORD = (
    rf"(?:{_SSN}|\bss\s?(?:#|num\w*|no\b)|\bsocial(?:\s+sec[a-z]*)?"
    r"|\bsoc\b\.?\s?sec\b\.?|\bi?tin\b)"
)
_OTHER_LABEL = r"(?!(?:cases?|file|docket|id|worker|invoice|provider|vendor)\b)"
_NO_DATE = r"(?!\d{1,2}[-./]\d{1,2}[-./]\d|\d{4}[-./]\d{1,2}[-./])"
_ENDING = r"(?:last\s(?:four|4)|end(?:s|ing)?)\b"
_LINK = (
    r"(?:\W{1,3}(?:security|number|no|card|is|are|was|were|has|have|digits?|in|with|of|the|that|which"
    r"|on|her|his|their|its)\b){0,5}"
)

_PHONE = "a phone number"
_PHONE_WORD = (
    r"\b(?:phone|cell|mobile|tel|telephone|call|called|text|fax|ph|contact|reach|voice\s?mail|whatsapp"
    r"|dial|pager)\b"
)
_AREA = r"(?:\+?1[-.\s]?)?(?:\(\d{3}\)\s?[-.]?\s?|\d{3}" + _GAP + ")"

NUMBERS = (
    Number(
        _SOCIAL,
        "nine digits grouped 3-2-4",
        ignoring_case(_GROUPS_START, r"\d{3}", _GAP, r"\d{2}", _GAP, r"\d{4}", _GROUPS_END),
    ),
    Number(
        _SOCIAL,
        "nine digits beside words for social security",
        ignoring_case(
            _SOCIAL_WORD,
            rf"\W{{0,4}}(?:{_OTHER_LABEL}[a-z]++\W{{1,3}}){{0,3}}",
            rf"(?<!\d){_NO_DATE}\d(?:[-\s.]?\d){{8}}",
            _END,
        ),
    ),
    Number(_SOCIAL, _LAST_FOUR, ignoring_case(_SSN, _WORDS, r"(?!19\d\d|20\d\d)\d{4}", _END)),
    Number(_SOCIAL, _LAST_FOUR, ignoring_case(r"[x*#]{3}[-\s]?[x*#]{2}[-\s]?\d{4}", _END)),
    Number(
        _SOCIAL,
        _LAST_FOUR,
        ignoring_case(_ENDING, _LINK, r"\W{1,3}social", _LINK, r"\W{1,4}\d{4}", _END),
    ),
    Number(
        _SOCIAL,
        _LAST_FOUR,
        ignoring_case(
            r"\bsocial", _LINK, r"\W{1,4}", _ENDING, _LINK, r"\W{1,4}(?!20[2-4]\d)\d{4}", _END
        ),
    ),
    Number(_SOCIAL, "nine digits in words", ignoring_case(_spelled(9))),
    Number(_PHONE, "seven digits in words", ignoring_case(_spelled(7))),
    Number(_PHONE, "ten digits in words", ignoring_case(_spelled(10))),
    Number(
        _PHONE,
        "digits grouped 3-3-4",
        ignoring_case(_GROUPS_START, _AREA, r"\d{3}", _GAP, r"?\d{4}", _GROUPS_END),
    ),
    Number(
        _PHONE,
        "a country code and digits",
        ignoring_case(r"(?<!\w)\+[1-9](?:[\s().-]{0,2}\d){7,14}", _END),
    ),
    Number(
        _PHONE,
        "seven digits beside a word for phone",
        ignoring_case(
            _PHONE_WORD,
            r"\W{1,3}(?:(?!cases?\b|docket\b|id\b)[a-z']++\W{1,3}){0,3}\d{3}",
            _GAP,
            r"?\d{4}",
            _END,
        ),
    ),
    Number(
        _PHONE,
        "ten digits, one by one",
        ignoring_case(_START, r"(?<!\d )[2-9](?:\s\d){2}\s[2-9](?:\s\d){6}(?!\s?\d)"),
    ),
    Number(
        _SOCIAL,
        "nine digits together, and no word before them says otherwise",
        ignoring_case(_START, r"(?!000)\d{3}(?!00)\d{2}(?!0000)\d{4}", _END),
        excusable=True,
    ),
    Number(
        _PHONE,
        "ten digits together, and no word before them says otherwise",
        ignoring_case(_START, r"(?:\+?1)?[2-9]\d{2}[2-9]\d{6}", _END),
        excusable=True,
    ),
    Number(
        _PHONE,
        "digits grouped 3-4, and no word beside them says otherwise",
        ignoring_case(_START, r"[2-9]\d{2}\s?[-\u2010-\u2015]\s?\d{4}", _END),
        excusable=True,
    ),
)
"""Shapes of numbers, the surest first."""

LABEL_BEFORE = ignoring_case(
    r"\b(?:cases?|file|docket|provider|vendor|invoice|claim|voucher|purchase|order|po|intake|report",
    r"|referral|receipt|authori[sz]ation|auth|licen[sc]e|permit|contract|ref|reference|pages?|pp",
    r"|sections?|cfr|between|from|(?:family|person|client|sacwis|ccwis|worker)\s?id)\b",
    r"(?:[\s\d#:,.&()-]|\b(?:and|or|numbers?|nos?|num|is|was|ids?|records?|digits)\b)*+\Z",
)
"""A label that says what the number after it is, such as "case number" or "invoice #"."""

AMOUNT_AFTER = ignoring_case(r"\s?(?:dollars|usd|hours|days|units|miles|%)")
"""A unit that makes the number before it an amount."""
