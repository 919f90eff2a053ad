"""What a birth date looks like in a caseworker's notes: a date, and the words that make it one."""

from assistant.records.guard.patterns import ignoring_case

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
    r"\b(?:born(?!.again)|d\.?\s?o\.?\s?b(?![a-z])\.?|d/o/b|date\sof\sbirth|birth\s?-?dates?",
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
"""What may stand between a birth word and its date: no sentence's end, no word for a service."""

BEFORE_BIRTH_WORD = ignoring_case(
    r"[\s,(:=/\u2013\u2014-]{0,3}(?:(?:is|was|were|as|the|his|her|their|he|she|they|when|child(?:\s\d)?"
    r"|baby|a|listed|mom|dad|[a-z]{2,12}'s)\s){0,4}"
)
"""What may stand between a date and the birth word that follows it."""
