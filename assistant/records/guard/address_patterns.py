"""What e-mail and street addresses look like in a caseworker's notes."""

import re

from assistant.records.guard.patterns import ignoring_case

_EMAIL_START = r"(?<![\w.+%'-])[\w.+%'-]++"
_AT = "[@\uff20\ufe6b]"
_ENDS = r"(?:com|org|net|gov|edu|us|info|io|me)\b"
_ENDS_ALONE = r"(?:\s?\.\s?|,)(?:com|org|net|gov|edu)\b"
_HOSTS = r"(?:gmail|yahoo|hotmail|outlook|icloud|aol|ymail|protonmail|msn|comcast)\b"
EMAILS = (
    ignoring_case(_EMAIL_START, _AT, r"[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}"),
    ignoring_case(_EMAIL_START, r"\s?", _AT, r"\s?[\w-]++(?:", _ENDS_ALONE, r"|\.", _ENDS, ")"),
    ignoring_case(_EMAIL_START, r"\s?[(\[{]at[)\]}]\s?[\w-]++\s?\.\s?", _ENDS),
    ignoring_case(
        _EMAIL_START, r"\s?[(\[{]?\bat\b[)\]}]?\s?[\w-]++\s?[(\[{]?\bdot\b[)\]}]?\s?", _ENDS
    ),
    ignoring_case(_EMAIL_START, r"\s?(?:", _AT, r"|\bat\b)\s?", _HOSTS),
)
"""An address as written for a machine, with spaces, with "at" and "dot", or at a mail service."""

_HOUSE = r"(?<![\w$#/.-])\d{1,6}(?:-\d{1,6})?(?:[A-Za-z]|\s1/2)?\s"
_SIDE = r"(?:[Ss]t\.\s|(?:[NSEWnsew]|[NnSs][EeWw]|[Nn]orth|[Ss]outh|[Ee]ast|[Ww]est)\b\.?\s)?"
_NOT_NAMES = (
    r"(?!(?:the|a|an|to|in|of|per|for|from|at|on|by|and|or|with|days?|weeks?|months?|years?|hours?"
    r"|minutes?|times?|blocks?|miles?|visits?|sessions?|children|kids|more|other|mg|dollars|units?"
    r"|feet|percent|bus|down|up|along|calories?)\b)"
)
_PLAIN_NAME = rf"(?:{_NOT_NAMES}[a-z][a-z'’]*\s|\d{{1,3}}(?:st|nd|rd|th)\s)"
_PROPER_NAME = (
    r"(?:(?!(?:Family|Juvenile|District|Drug|Circuit|Probate|County|Superior|Supreme|Tribal|Youth"
    r"|Dependency|Municipal|Federal|State)\b)[A-Z][\w'’]*\s|\d{1,3}(?:st|nd|rd|th)\s)"
)
_AS_A_PLACE = (
    r"\b(?!\s(?!(?:apt|apartment|unit|lot|in|near|and|or|with|until|since|on|at|for|from|where|when|by"
    r"|but|because|which|that|is|was|has|had|yesterday|today|last|this|next|after|before|alone|again"
    r"|now|while|as)\b)(?-i:[a-z]))"
)
"""Stands after a street's last word where no noun follows: a road, and not road safety lessons."""

_LIVES = (
    r"\b(?:lives?|living|lived|stays?|staying|resid\w+|moved|house|home|address)\W{1,3}"
    r"(?:(?:at|to|in|is|on)\W{1,2})?"
)

STATES = (
    "AL|AK|AZ|AR|CA|CO|CT|DE|DC|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY"
    "|NC|ND|OH|OK|OR|PA|PR|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY"
)
"""The letters that stand for a state before a ZIP code."""

ADDRESSES = (
    ignoring_case(
        *(_HOUSE, _SIDE, _PLAIN_NAME, r"{1,3}"),
        *(r"(?:(?:st|ave|blvd|ln|rd)\b|(?:street|avenue|boulevard|lane|road|drive)", _AS_A_PLACE),
        ")",
    ),
    re.compile(
        rf"{_HOUSE}{_SIDE}{_PROPER_NAME}{{1,3}}(?:(?:St|Dr|Ct|Pl|Cir|Ter|Pkwy|Parkway|Hwy|Trl|Sq)\b"
        rf"|(?:Drive|Court|Place|Way|Circle|Terrace|Highway|Trail|Square|Loop|Run|Row){_AS_A_PLACE})"
    ),
    re.compile(
        rf"{_HOUSE}{_SIDE}(?:\d{{1,3}}(?:st|nd|rd|th)\s)(?:Terrace|Place|Court|Way){_AS_A_PLACE}"
    ),
    ignoring_case(
        *(_LIVES, _HOUSE, _SIDE, _PLAIN_NAME, r"{1,3}"),
        r"(?:ct|cir|pl|dr|ter|court|circle|place|way|terrace|trail)\b",
    ),
    ignoring_case(_LIVES, r"\d{3,6}\s", _SIDE, _NOT_NAMES, r"[a-z]{3,}\b"),
    ignoring_case(
        r"(?<![\w$#/.-])\d{2,6}\s", _PLAIN_NAME, r"{1,3}(?:apt\b\.?|apartment)\s?#?\w{1,4}\b"
    ),
    ignoring_case(
        r"(?<![$#/.-])\b[NSEW]?\d{2,6}\s(?:(?:county|state|us)\s(?:road|rd|highway|hwy|route)",
        r"|highway|hwy|route|avenue|ave\.?)\s(?:\d{1,4}|(?-i:[A-Z]))\b(?!\s(?:bus|line))",
    ),
    ignoring_case(r"\b(?:rr|r\.r\.|rural\sroute|hc|star\sroute)\s?#?\d{1,4},?\sbox\s#?\d+"),
    ignoring_case(r"(?<![\w$#/.-])\d{1,6}\s(?:calle|avenida)\s(?-i:[A-Z])\w*"),
    re.compile(rf"\b[A-Z][a-z]+,?\s(?:{STATES})\s\d{{5}}(?:-\d{{4}})?\b"),
    ignoring_case(r"\b(?:p\.?\s?o\.?\s?box|post\soffice\sbox)\s#?\d+"),
)
"""A house number and a street (in capitals, where its word has other uses), a box, or a ZIP code."""
