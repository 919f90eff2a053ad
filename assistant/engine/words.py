"""Words as workers type them: less those that tell nothing, each in the form it is compared in."""

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from unicodedata import combining, normalize

_SAID_AS = (
    "child kid youngster nino nina ninos ninas hijo hija hijos",
    "mother mom moms mommy mum mama madre bio",
    "father dad daddy papa padre",
    "parent padres",
    "grandmother grandma grandmas granny nana abuela",
    "grandfather grandpa granddad abuelo",
    "grandparent abuelos",
    "relative familiar familiares",
    "family familia fam",
    "aunt tia auntie",
    "uncle tio",
    "youth teen teenager teenage adolescent joven",
    "newborn baby babies infant bebe",
    "sibling twins brother sister sib hermano hermana hermanos",
    "court judge magistrate judicial corte juez tribunal",
    "go going goes went gone",
    "come coming came",
    "close cerrado cerrada cerrar cierre",
    "end ended over finished done complete terminada terminado",
    "open abierta abierto",
    "preventive prevention preventative preventivo preventivos prevencion",
    "kinship kin",
    "place placement placing colocacion",
    "remove removal",
    "foster crianza sustituto",
    "adopt adopted adopting adopts adoptar",
    "adoption adopcion",
    "adoptive adoptivo adoptivos adoptiva",
    "reunification ru reunify reunified reunifying reunite reunited reunion reunificacion reunificar",
    "return rtn returning regresar volver regreso",
    "investigation investigate investigating investigacion",
    "assessment assess evaluacion",
    "evaluation eval evaluate",
    "supervision supervise supervised supervising",
    "visit visitation visita visitas",
    "terminate termination",
    "disrupt disruption",
    "finalize finalized finalised finalise finalizing finalization",
    "hospital hospitalized hospitalised hospitalization",
    "transfer transferring",
    "run ran",
    "no without sin",
    "not never doesnt dont didnt wont isnt wasnt",
    "blank empty missing",
    "two 2 dos",
    "six 6",
    "home hogar casa house",
    "outside fuera",
    "plan planes",
    "goal meta objetivo",
    "safety seguridad",
    "report reporte denuncia reported",
    "custody custodia",
    "guardian tutor",
    "guardianship tutela",
    "need necesita necesidad needed",
    "help ayuda ayudar",
    "ask asked pide requesting request",
    "service servicio servicios svc svcs",
    "agreement acuerdo agree",
    "voluntary voluntario voluntaria voluntarios voluntarily vol",
    "school escuela",
    "truant truancy",
    "drug droga drogas",
    "temporary temp temporal",
    "permanent perm permanente",
    "independent indep independiente",
    "living vida",
    "arrangement arreglo",
    "keep mantener",
    "stay remain quedarse permanecer",
    "preservation preservacion",
    "care cuidado",
    "therapy therapist therapeutic terapia",
    "counseling counselor consejeria",
    "transportation transport transporte",
    "abandon abandoned desert deserted desertion",
    "residential resi",
    "want wants quiere quieren",
    "case caso casos",
    "year yr yrs yo",
    "apartment apt",
    "refuse refusal",
    "utility utilities",
    "positive pos",
    "pregnant embarazada",
    "attorney lawyer abogado",
    "violence violencia",
    "caregiver caretaker",
    "die died dead death deceased",
    "jail arrested arrest prison incarcerated incarceration carcel",
)
"""Words that count as one, each line led by the one they count as; Spanish ones without accents."""

_SAME: Mapping[str, str] = MappingProxyType(
    {word: line.split()[0] for line in _SAID_AS for word in line.split()}
)

_TELLING_NOTHING = (
    "a about am an and are as at be because been being but by can could did do does for",
    "from had has have having he her him his how i if in is it its just me my now of on or our",
    "she should so that the their them there these they this those to us was we were what whats",
    "when which while who why will with w would you your im id ive please thanks hi hello",
    "yesterday today tonight tomorrow tmrw morning last next week month night day now already just yet",
    "soon recently currently still then also some any again really too very use put using",
    "vs versus difference diff compare compared between than both ok used entre diferencia",
    "monday tuesday wednesday thursday friday saturday sunday weekday anoche hoy tiene hay",
    "el la los las de del en con y un una para por al su que es se mi lo le les como cual ya",
)

_LEFT_OUT = frozenset(word for line in _TELLING_NOTHING for word in line.split())
"""Words that tell nothing apart; "no", "not" and "without" do, and are not here."""

_ASKING = re.compile(
    r"\b(?:which|what|right|correct|best|case)? ?(?:service )?group (?:is|goes|do|does|would|should"
    r"|for|to|with|when|if|i|fits|code|applies)\b"
    r"|\b(?:which|what) (?:one|(?:service )?groups?)\b"
    r"|\b(?:do|can|should|would|could|must|may) (?:i|we|you) "
    r"(?:still |even |just )?(?:use|put|pick|choose|code|enter|record|select|do|log|bill|mark|call)\b"
    r"|\bhow (?:do|to|should|would|can) ?(?:i|we)? ?(?:use|code|enter|record|handle|log|do)\b"
    r"|\b(?:i|we) (?:have|got|need to know|am not sure|dont know|wonder)\b"
    r"|\b(?:goes? (?:in|under|with)|counts? as)\b"
)
"""What is around the words in a question: "which group do i use for"."""

_COMPOUNDS = (
    (re.compile(r"\ba ?/ ?i\b"), "ai"),
    (re.compile(r"\bw/o\b"), "without"),
    (re.compile(r"\bcp\b"), "case plan"),
    (re.compile(r"\bhomestudy\b"), "home study"),
    (re.compile(r"(?<=\d)[ -]?(?:y/?o|(?:yrs?|years?)[ -]olds?)\b"), " aged"),
    (re.compile(r"(?<=\d) ?yrs?\b"), " year"),
    (re.compile(r"\bin[- ]?home\b"), "inhome"),
    (re.compile(r"\bout[- ]?of[- ]?(?:the[- ])?home\b|\booh\b"), "outofhome"),
    (re.compile(r"\b(non|pre|post|self)[- ](?=[a-z])"), r"\1"),
)
"""Words written as one, with a hyphen or apart."""

_WHOLE = frozenset(("planned",))
"""Words whose ending tells something: a planned arrangement is not a plan."""

_SHORTEST = 4  # letters a word has at least if an ending is taken off


def bare(text: str) -> str:
    """Return text in lower case, without accents, apostrophes and what only asks."""
    plain = text.casefold().replace("'", "").replace("’", "")
    if not plain.isascii():
        plain = "".join(c for c in normalize("NFKD", plain) if not combining(c))
    for pattern, word in _COMPOUNDS:
        plain = pattern.sub(word, plain)
    return _ASKING.sub(" ", plain)


def plain_words(text: str) -> Mapping[str, str]:
    """Return the words of text that tell something, in order: the form compared, and as typed."""
    found: dict[str, str] = {}
    for word in re.findall(r"[a-z0-9]+", bare(text)):
        if word not in _LEFT_OUT:
            found.setdefault(folded(word), word)
    return found


@cache
def folded(word: str) -> str:
    """Return the form a word is compared in: the leader of its line, or the word less its ending."""
    if word in _WHOLE:
        return word
    stem = _stem(_SAME.get(word, word))
    return _stem(_SAME.get(stem, stem))


def _stem(word: str) -> str:
    """Return a word less a plural's "s", "ed", "ing" and a last "e"."""
    if len(word) < _SHORTEST:
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith("s") and not word.endswith(("ss", "us")):
        return _stem(word[:-1])
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) >= len(ending) + _SHORTEST:
            return _single(word.removesuffix(ending)).removesuffix("e")
    return word.removesuffix("e") if len(word) > _SHORTEST else word


def _single(stem: str) -> str:
    """Return a stem less a last letter that was doubled before its ending."""
    return stem[:-1] if stem[-1] == stem[-2] and stem[-1] not in "ls" else stem
