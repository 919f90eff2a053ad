"""Personal details in text: numbers, dates, addresses that must not be recorded."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.shapes import Frozen


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


_START = r"(?<!\d)(?<!\d[-./,_])(?<!\$)(?<!\$ )"  # not in a longer number or an amount
_END = r"(?!\d)(?![-./_]\d)(?!,\d{3}(?!\d))"  # a number ends here

_GROUPS_START = _START.replace("/", "")
_GROUPS_END = _END.replace("/", "")  # in groups, another number may follow after a slash

_DASH = r"[-\u2010-\u2015\u2212._/\u00b7\u2022]"
_GAP = rf"(?:\s?{_DASH}{{1,2}}\s?|\s)"  # what may be between the groups of one number

_WORDS = r"(?:\W{1,3}(?:[a-z']++|4\b)){0,4}\W{1,4}"  # up to four words before a number

_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_SPELLED = rf"(?:oh|o|{'|'.join(_DIGITS)})"
_TENS = "ten|eleven|twelve|[a-z]{3,5}teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_ONE_BY_ONE = r"\d(?:\s?\d)"  # digits that may be apart, less how many follow the first


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
    r"|on|her|his|their|its|she|he|they|(?:grand)?(?:mom|dad|ma|pa|mother|father)|aunt|uncle|client"
    r"|child|kid|boy|girl|caregiver|[a-z]{2,}['’]s)\b){0,5}"
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
            rf"(?<!\d){_NO_DATE}\d(?:[-\s.]{{0,3}}\d){{8}}",
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
    Number(
        _SOCIAL,
        "nine digits one by one, grouped 3-2-4",
        ignoring_case(
            *(_START, _ONE_BY_ONE, "{2}", r"\s?[-.]\s?", _ONE_BY_ONE, r"\s?[-.]\s?"),
            *(_ONE_BY_ONE, r"{3}(?!\s?\d)"),
        ),
    ),
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
            r"\W{1,3}(?:(?!cases?\b|docket\b|id\b)[a-z']++\W{1,3}){0,3}",
            *(_ONE_BY_ONE, "{2}", _GAP, "?", _ONE_BY_ONE, "{3}", _END),
        ),
    ),
    Number(
        _PHONE,
        "ten digits, one by one",
        ignoring_case(
            *(_START, r"(?<!\d )[2-9](?:\s\d){2}\s(?:[-.]\s)?[2-9](?:\s\d){2}\s(?:[-.]\s)?"),
            r"\d(?:\s\d){3}(?!\s?\d)",
        ),
    ),
    Number(
        _PHONE,
        "seven digits after words for somebody's number",
        ignoring_case(r"(?:\bnumber|#)(?:'s|’s|\sis)?:?\s[2-9]\d{2}", _GAP, r"?\d{4}", _END),
        excusable=True,
    ),
    Number(
        _SOCIAL,
        "nine digits in a row",
        ignoring_case(_START, r"(?!000)\d{3}(?!00)\d{2}(?!0000)\d{4}", _END),
        excusable=True,
    ),
    Number(
        _PHONE,
        "ten digits in a row",
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

_GROUP = rf"(?:\d{{1,4}}|{_SPELLED})(?![\w/])"
IN_WORDS = ignoring_case(
    rf"(?<![\w$])(?<!ages )(?<!aged )(?={_SPELLED}\b|\d{{3}}\W){_GROUP}(?:[\s,.-]{{1,3}}{_GROUP}){{2,}}"
)
"""Digits of which some are written as words, such as "five oh five, 555, 0143"."""

AMOUNT_AFTER = ignoring_case(r"\s?(?:dollars|usd|hours|days|units|miles|%)")
"""A unit that makes the number before it an amount."""


_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
_MES = r"(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|noviembre|diciembre)\b"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"

DATE = ignoring_case(
    r"(?<!\d)(?:",
    r"\d{4}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?\d{1,2}",
    r"|\d{1,2}\s?[-/.\s]\s?\d{1,2}\s?[-/.\s]\s?'?(?:\d{4}|\d{2})",
    rf"|{_DAY}(?:\sof)?[\s-]?{_MONTH}(?:[\s,-]{{0,2}}'?(?:\d{{4}}|\d{{2}}))?",
    rf"|\d{{1,2}}\sde\s{_MES}(?:\s(?:de|del)\s\d{{4}})?",
    r"|\d{1,2}[/-](?:19|20)\d{2}",
    r"|(?!24/7)\d{1,2}/\d{1,2}",
    r"|\d{8}|\d{6}",
    r")(?!\d)",
    rf"|\b{_MONTH}[\s-]?(?:{_DAY}(?!\d)(?:[\s,]{{1,2}}'?(?:\d{{4}}|\d{{2}})(?!\d))?|,?\s?\d{{4}})",
)
"""A date, with or without its year, or eight or six digits that could be one."""

_NOT_THE_DAY = (
    r"(?!'?s?\s(?:part|gift|present|cake|visit|celebrat|outing|dinner|lunch|card|event|activit|trip"
    r"|suppl|transport))"
)
_AGE = r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|[a-z]{3,5}teen|twenty-one)"
BIRTH_WORD = ignoring_case(
    r"\b(?:born(?!.again)|d\.?\s?o\.?\s?b(?![a-z])\.?|b\s?/\s?d\b|d/o/b|date\sof\sbirth|birth\s?-?dates?",
    rf"|b-?day|birth\s?day{_NOT_THE_DAY}|birth\scertificate\s(?:shows|says|lists|gives|reads)",
    rf"|turn(?:s|ed|ing)?\s{_AGE}\s(?:on|in|next|this)|(?:will\sbe|reach(?:es|ed))\s{_AGE}\son",
    r"|ag(?:es|ed|ing)\sout\son|birth(?=:)",
    r"|nacid[oa]s?|naci[oó]|fecha\sde\snacimiento)(?:'?s\b)?",
    r"|(?<![a-z])(?<![a-z] )b\.(?=\s?[\da-z])",
)
"""A word that makes the date beside it a birth date, or one that a birth date follows from."""

_PARTING = (
    r"(?:services?|visits?|visited|seen|start\w*|beg[aiu]n\w*|from|since|through|until|reviews?"
    r"|hearing|court|placed|placement|session|appointment|meeting|due|plan|program|class"
    r"|effective|report\w*|opened|closed|ended|scheduled|provided|refer\w*|investigat\w*)\b"
)
AFTER_BIRTH_WORD = ignoring_case(rf"[\s.:;,()=#-]{{0,4}}(?:(?![.!?;]\s|\n|\b{_PARTING}).){{0,40}}")
"""What may be between a birth word and its date: no sentence's end, no word for a service."""

BEFORE_BIRTH_WORD = ignoring_case(
    r"[\s,(:=/\u2013\u2014-]{0,3}(?:(?:is|was|were|as|the|his|her|their|he|she|they|when|child(?:\s\d)?"
    r"|baby|a|listed|mom|dad|[a-z]{2,12}'s)\s){0,4}"
)
"""What may be between a date and the birth word that follows it."""


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
    ignoring_case(
        r"\be-?mail(?:\saddress)?(?:\s(?:is|was)|\s?[:=])\s[\w.+%'-]+\sat\s",
        r"(?!(?:work|home|school|noon|night|the|his|her|their|least|all|once|first)\b)[a-z][\w-]+",
    ),
)
"""An address as written for a machine, with spaces, with "at" and "dot", or at a mail service."""

_STREET_WORDS = r"(?:st|ave|blvd|ln|rd)\b|(?:street|avenue|boulevard|lane|road|drive)"
_CALLE = r"(?:calle|callej[oó]n|avenida|paseo|camino|vereda|carretera|(?-i:V[ií]a))\s"
_COURTS = r"(?!(?:family|juvenile|drug|probate|youth|tribal|county|district|mental|health)\b)"
_COMMON_STREETS = (
    r"(?:Main|Park|Church|High|Maple|Oak|Pine|Cedar|Elm|Walnut|Hill|Lake|Washington|Lincoln|Jefferson"
    r"|Jackson|Adams|Madison|Monroe|Franklin|Spring|Ridge|Chestnut|Sunset|Spruce|Willow|Poplar|Birch"
    r"|Cherry|Dogwood|Hickory|Locust|Magnolia|Mulberry|Sycamore|Ash|Laurel|Vine|Water|Mill|River"
    r"|Broadway|Market|Prospect|Pleasant|Meadow|Forest|Highland|Railroad|Central|College|Union"
    r"|First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth)"
)
"""What most streets in the country are called: after an hour's number, only these are a street."""
_NO_STREETS = (
    r"(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    r"|Families|Family|Children|Points|Inches|Percent|Days?|Weeks?|Months?|Years?|Hours?|Minutes?|Miles?|Pounds?|Dollars|Visits?|Sessions?|And\b)"
)
_NTH, _AND = r"\d{1,3}(?:st|nd|rd|th)", r"(?:and|&)"
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
    r"\b(?!\s(?!(?:apt|apartment|unit|number|no|lot|in|near|and|or|with|until|since|on|at|for|from|where|when|by"
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
        *(r"(?:", _STREET_WORDS, _AS_A_PLACE, ")"),
    ),
    ignoring_case(
        rf"\b(?=(?:{_SPELLED}[\s-])?(?:{_TENS}|hundred)|{_SPELLED}[\s-]{_SPELLED}\b|{_SPELLED}\s(?-i:[A-Z]))",
        *(rf"(?:(?:{_TENS}|hundred|{_SPELLED})[\s-]){{1,5}}+", _SIDE),
        *(_PLAIN_NAME, r"{1,3}(?:", _STREET_WORDS, _AS_A_PLACE, ")"),
    ),
    ignoring_case(
        *(r"(?<![\w$#/.-])\d{2,6}\s", _SIDE, r"(?:", _COURTS, _PLAIN_NAME, "){1,2}"),
        *(r"(?:ct|cir|dr|pkwy|trl|ter|hwy)\b", _AS_A_PLACE, r"(?!\.?\s(?-i:[A-Z]))"),
    ),
    re.compile(
        rf"\b(?:{_NTH}\s{_AND}\s(?:{_NTH}|[A-Z][a-z]+)|[A-Z][a-z]+\s{_AND}\s{_NTH}"
        rf"|[Cc]orner\sof\s\w+\s{_AND}\s\w+)\b[^.!?]{{1,40}}?"
        r"(?:(?:house|apartment|apt|unit|number|door)\W{1,2}\d{1,5}\b|\b\d{2,5}\b(?=[,;.!?)]|\Z))"
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
    ignoring_case(r"(?<![\w$#/.-])\d{1,6}\s", _CALLE, r"(?:(?:de|del|la|las|los|el)\s)*[a-z]\w+"),
    ignoring_case(r"\b", _CALLE, r"(?:[^\W\d]+\s){1,4}(?:#|no\.?|n[uú]mero|num\.?)?\s?\d{1,5}\b"),
    re.compile(rf"\b[A-Z][a-z]+,?\s(?:{STATES})\s\d{{5}}(?:-\d{{4}})?\b"),
    ignoring_case(r"\b(?:p\.?\s?o\.?\s?box|post\soffice\sbox)\s#?\d+"),
    ignoring_case(
        *(rf"(?:\bat\s|{_LIVES})(?:\d{{1,2}}\s(?-i:{_COMMON_STREETS})|(?!1[0-2]\s)\d{{2,5}}\s"),
        *(rf"(?-i:{_NO_STREETS}[A-Z][a-z]{{2,}}))", _AS_A_PLACE),
    ),
)
"""A house number and a street (in capitals, where its word has other uses), a box, or a ZIP code."""


_NEAR = 45  # how far from a date its birth words may be, in characters
_PAST_A_WORD = 2  # how far past a birth word's end its pattern looks, in characters
_FEW_WORDS = 2  # so many digits in words can be beside a number by chance
_LABEL_REACH = 60  # how far back a label such as "case number" is looked for, in characters


class PersonalDetail(Frozen):
    """Words that look like a personal detail: which kind (with its article), and what shows it."""

    kind: str
    words: str
    why: str


@dataclass(frozen=True, slots=True)
class _Find:
    start: int
    end: int
    kind: str
    why: str


def personal_details(text: str) -> list[PersonalDetail]:
    """List what looks like a personal detail, in reading order; no words are reported twice."""
    kept: list[_Find] = []
    for find in _finds(text):
        if all(find.end <= other.start or other.end <= find.start for other in kept):
            kept.append(find)
    kept.sort(key=lambda find: find.start)
    return [PersonalDetail(find.kind, text[find.start : find.end], find.why) for find in kept]


def _finds(text: str) -> Iterator[_Find]:
    """Yield every find, the surest kinds first, so that those keep words that two could claim."""
    yield from _privacy_spelled(EMAILS, text, "an email address", "a name, an @ and a domain")
    yield from _birth_dates(text)
    yield from _numbers(text)
    yield from _privacy_spelled(
        ADDRESSES, text, "a street address", "a house number and a street, or a box"
    )


def _privacy_spelled(
    patterns: Iterable[re.Pattern[str]], text: str, kind: str, why: str
) -> Iterator[_Find]:
    for pattern in patterns:
        for match in pattern.finditer(text):
            yield _Find(match.start(), match.end(), kind, why)


def _numbers(text: str) -> Iterator[_Find]:
    """Yield numbers shaped like a social security or phone number, save those labeled otherwise."""
    yield from _numbers_in_words(text)
    for number in NUMBERS:
        for match in number.pattern.finditer(text):
            if not (number.excusable and _is_excused(text, match)):
                yield _Find(match.start(), match.end(), number.kind, number.why)


def _numbers_in_words(text: str) -> Iterator[_Find]:
    """Yield what is read as one number where some of its digits are words, and one or two do not make it."""
    for match in IN_WORDS.finditer(text):
        groups = re.findall(r"\w+", match[0].lower())
        words = [group for group in groups if group in {"oh", "o", *_DIGITS}]
        digits = sum(1 if group in words else len(group) for group in groups)
        kind = {9: _SOCIAL, 7: _PHONE, 10: _PHONE}.get(digits)
        if kind and len(words) > _FEW_WORDS:
            yield _Find(match.start(), match.end(), kind, f"{digits} digits, some in words")


def _is_excused(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - _LABEL_REACH) : match.start()]
    return bool(LABEL_BEFORE.search(before) or AMOUNT_AFTER.match(text, match.end()))


def _birth_dates(text: str) -> Iterator[_Find]:
    """Yield dates that birth words are beside; a date alone is a date of service."""
    for date in DATE.finditer(text):
        start = _birth_word_before(text, date.start())
        end = _birth_word_after(text, date.end())
        if start is not None or end is not None:
            first = date.start() if start is None else start
            yield _Find(first, end or date.end(), "a birth date", "a date beside a word for birth")


def _birth_word_before(text: str, place: int) -> int | None:
    """Return where the nearest birth word before a date starts, if nothing between parts the two."""
    words = list(BIRTH_WORD.finditer(text, max(0, place - _NEAR), place + _PAST_A_WORD))
    near = [word for word in words if word.end() <= place]
    if near and AFTER_BIRTH_WORD.fullmatch(text, near[-1].end(), place):
        return near[-1].start()
    return None


def _birth_word_after(text: str, place: int) -> int | None:
    """Return where the birth word that follows a date ends, if hardly anything is between."""
    window = text[place : place + _NEAR]
    word = BIRTH_WORD.search(window)
    if word and BEFORE_BIRTH_WORD.fullmatch(window, 0, word.start()):
        return place + word.end()
    return None
