"""What personal details look like in a caseworker's notes: the patterns the privacy guard reads.

Shapes follow United States usage: social security numbers are grouped 3-2-4 and never begin with
000, 666 or 9 (Social Security Administration), telephone numbers 3-3-4 (North American Numbering
Plan).
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


def _any(*parts: str) -> re.Pattern[str]:
    return re.compile("".join(parts), re.IGNORECASE)


_START = r"(?<!\d)(?<!\d[-./,])(?<!\$)(?<!\$ )"
"""A number starts here: not inside a longer one, and not an amount of money."""

_END = r"(?!\d)(?![-./]\d)(?!,\d{3}(?!\d))"
"""A number ends here."""

_DASH = r"[-\u2010-\u2015\u2212.]"
_GAP = rf"(?:\s?{_DASH}\s?|\s)"
"""What may stand between the groups of one number."""

_WORDS = r"(?:\W{1,3}[a-z']++){0,4}\W{1,4}"
"""Up to four words, and what parts them from a number."""

_SOCIAL = "a social security number"
_LAST_FOUR = "the last four digits of one"
_SSN = r"\bs\.?s\.?n\b\.?"
_SOCIAL_WORD = rf"(?:{_SSN}|\bss\s?#|\bsocial(?:\s+security)?(?:\s+(?:number|no\b\.?|#))?)"
_ENDING = r"(?:last\s(?:four|4)|end(?:s|ing)?)\b"

_PHONE = "a phone number"
_PHONE_WORD = r"\b(?:phone|cell|mobile|tel|telephone|call|called|text|fax|ph)\b"
_AREA = r"(?:\+?1[-.\s]?)?(?:\(\d{3}\)\s?|\d{3}" + _GAP + ")"

NUMBERS = (
    Number(
        _SOCIAL,
        "nine digits grouped 3-2-4",
        _any(_START, r"\d{3}", _GAP, r"\d{2}", _GAP, r"\d{4}", _END),
    ),
    Number(
        _SOCIAL,
        "nine digits beside words for social security",
        _any(_SOCIAL_WORD, r"\W{1,4}(?:(?:is|was|number|no)\W{1,3}){0,2}\d{9}", _END),
    ),
    Number(_SOCIAL, _LAST_FOUR, _any(_SSN, _WORDS, r"(?!19\d\d|20\d\d)\d{4}", _END)),
    Number(_SOCIAL, _LAST_FOUR, _any(_ENDING, _WORDS, r"(?<=social )(?:\w{2,3} )?\d{4}", _END)),
    Number(_SOCIAL, _LAST_FOUR, _any(r"\bsocial", _WORDS, _ENDING, _WORDS, r"\d{4}", _END)),
    Number(_PHONE, "digits grouped 3-3-4", _any(_START, _AREA, r"\d{3}", _GAP, r"?\d{4}", _END)),
    Number(
        _PHONE,
        "a country code and digits",
        _any(r"(?<!\w)\+[1-9](?:[\s().-]{0,2}\d){7,14}", _END),
    ),
    Number(
        _PHONE,
        "seven digits beside a word for phone",
        _any(_PHONE_WORD, r"\W{1,3}(?:[a-z']++\W{1,3}){0,2}\d{3}", _GAP, r"?\d{4}", _END),
    ),
    Number(
        _SOCIAL,
        "nine digits together, and no word before them says otherwise",
        _any(_START, r"(?!000|666|9)\d{3}(?!00)\d{2}(?!0000)\d{4}", _END),
        excusable=True,
    ),
    Number(
        _PHONE,
        "ten digits together, and no word before them says otherwise",
        _any(_START, r"(?:\+?1)?[2-9]\d{2}[2-9]\d{6}", _END),
        excusable=True,
    ),
    Number(
        _PHONE,
        "digits grouped 3-4, and no word beside them says otherwise",
        _any(_START, r"[2-9]\d{2}\s?[-\u2010-\u2015]\s?\d{4}", _END),
        excusable=True,
    ),
)
"""Shapes of numbers, the surest first."""

LABEL_BEFORE = _any(
    r"\b(?:cases?|file|docket|provider|invoice|claim|voucher|purchase|order|intake|report|referral",
    r"|licen[sc]e|permit|contract|ref|reference|pages?|pp|sections?|cfr|between|from)\b",
    r"(?:[\s\d#:,.&()-]|\b(?:and|or|numbers?|nos?|num|is|was|ids?)\b)*+\Z",
)
"""A label that says what the number after it is, such as "case number" or "invoice #"."""

AMOUNT_AFTER = _any(r"\s?(?:dollars|usd|hours|days|units|miles|%)")
"""A unit that makes the number before it an amount."""

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"

DATE = _any(
    r"(?<!\d)(?:",
    r"\d{4}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?\d{1,2}",
    r"|\d{1,2}\s?[-/.\s]\s?\d{1,2}\s?[-/.\s]\s?'?(?:\d{4}|\d{2})",
    rf"|{_DAY}(?:\sof)?[\s-]?{_MONTH}(?:[\s,-]{{0,2}}'?(?:\d{{4}}|\d{{2}}))?",
    r"|(?!24/7)\d{1,2}/\d{1,2}",
    r"|\d{8}|\d{6}",
    r")(?!\d)",
    rf"|\b{_MONTH}[\s-]?(?:{_DAY}(?!\d)(?:[\s,]{{1,2}}'?(?:\d{{4}}|\d{{2}})(?!\d))?|,?\s?\d{{4}})",
)
"""A date, with or without its year, or eight or six digits that could be one."""

BIRTH_WORD = _any(
    r"\b(?:born|d\.?\s?o\.?\s?b\b\.?|d/o/b|date\sof\sbirth|birth\s?-?dates?"
    r"|b-?day|birthday(?!'?s?\s(?:party|gift|present|cake|visit|celebration)))(?:'?s\b)?"
)
"""A word that makes the date beside it a birth date."""

_PARTING = (
    r"(?:services?|visits?|visited|seen|start\w*|beg[aiu]n\w*|from|since|through|until|reviews?"
    r"|hearing|court|placed|placement|session|appointment|meeting|due|plan|program|class"
    r"|effective|report\w*|opened|closed|ended|scheduled|provided|refer\w*|investigat\w*)\b"
)
AFTER_BIRTH_WORD = _any(rf"[\s.:;,()=#-]{{0,4}}(?:(?![.!?;]\s|\n|\b{_PARTING}).){{0,40}}")
"""What may stand between a birth word and its date: no sentence's end, no word for a service."""

BEFORE_BIRTH_WORD = _any(
    r"[\s,(:=/\u2013\u2014-]{0,3}(?:(?:is|was|were|as|the|his|her|their|he|she|they|when|child(?:\s\d)?"
    r"|baby|a|listed|mom|dad|[a-z]{2,12}'s)\s){0,4}"
)
"""What may stand between a date and the birth word that follows it."""

_EMAIL_START = r"(?<![\w.+%'-])[\w.+%'-]++"
_ENDS = r"(?:com|org|net|gov|edu|us|info|io|me)\b"
EMAILS = (
    _any(_EMAIL_START, r"@[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}"),
    _any(_EMAIL_START, r"\s?@\s?[\w-]++\s?\.\s?", _ENDS),
    _any(_EMAIL_START, r"\s?[(\[]?\bat\b[)\]]?\s?[\w-]++\s?[(\[]?\bdot\b[)\]]?\s?", _ENDS),
)
"""An address as written for a machine, with spaces, or with "at" and "dot"."""

_HOUSE = r"(?<![\w$#/.-])\d{1,6}[A-Za-z]?\s"
_SIDE = r"(?:(?:[NSEWnsew]|[NnSs][EeWw]|[Nn]orth|[Ss]outh|[Ee]ast|[Ww]est)\b\.?\s)?"
_NOT_NAMES = (
    r"(?!(?:the|a|an|to|in|of|per|for|from|at|on|by|and|or|with|days?|weeks?|months?|years?|hours?"
    r"|minutes?|times?|blocks?|miles?|visits?|sessions?|children|kids|more|other)\b)"
)
_PLAIN_NAME = rf"(?:{_NOT_NAMES}[a-z][a-z'’]*\s|\d{{1,3}}(?:st|nd|rd|th)\s)"
_PROPER_NAME = (
    r"(?:(?!(?:Family|Juvenile|District|Drug|Circuit|Probate|County|Superior|Supreme|Tribal|Youth"
    r"|Dependency|Municipal|Federal|State)\b)[A-Z][\w'’]*\s|\d{1,3}(?:st|nd|rd|th)\s)"
)
ADDRESSES = (
    _any(
        _HOUSE,
        _SIDE,
        _PLAIN_NAME,
        r"{1,2}(?:street|st|avenue|ave|boulevard|blvd|lane|ln|road|rd|drive)\b",
    ),
    re.compile(
        _HOUSE + _SIDE + _PROPER_NAME + r"{1,3}(?:St|Drive|Dr|Court|Ct|Place|Pl|Way|Circle|Cir"
        r"|Terrace|Ter|Parkway|Pkwy|Highway|Hwy|Trail|Trl|Square|Sq)\b"
    ),
    _any(r"\b(?:p\.?\s?o\.?\s?box|post\soffice\sbox)\s#?\d+"),
)
"""A house number and a street (in capitals, where its word has other uses), or a box."""
