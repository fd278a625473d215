"""Words by what they say about the end of a sentence; read by ``words_so_far``."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


VOCALISATIONS = _words("mm mmm mhm hmm hm hmmm uh huh um umm er erm ah mhmm ahem")
"""Sounds that are neither an answer nor the beginning of one."""

SHORT_ANSWERS = _words(
    "okay ok right yes yeah yep yup no nope sure fine good great exactly absolutely thanks "
    "understood agreed interesting wow true fair oh i see got it alright"
)
"""Whole answers of a word or two; over someone's voice they only show that one listens."""

SHORT_ASKS = _words("why how when where who really else sorry pardon")
"""Whole questions of one word."""

OPENING = _words(
    "so and but okay ok right well yeah yes um uh er erm hm hmm mm oh now then alright"
)
"""What may stand in front of a sentence without changing it."""

FILLERS = _words("um uh er erm hmm hm mm umm")

DETERMINERS = _words("a an the my your our their its every")

NEEDING_MORE = _words(
    "very such quite another i'm i'd i'll i've you're you'd you'll you've we're we'd we'll we've "
    "they're they'd they'll they've he's she's there's what's who's how's where's let's it'd it'll "
    "gonna wanna whether"
)

JOINING = _words("and or but because if although unless than while nor plus so as cause")

WH = _words("what who which where when why how whose whom")

PREPOSITIONS = _words(
    "of to for with about from in on at by into between without through against towards during "
    "per onto upon among beyond around"
)

LINKED_BEFORE_TO = _words(
    "talk talking talked speak speaking spoke listen listening listened say said lead leads "
    "forward belong report reporting sell selling refer referring back come down up close write "
    "closest next respond reply get related compared happen happened happens"
)
"""Verbs whose "to" may end a question: "who did you talk to"; not "want to"."""

LINKED_BEFORE_OF = _words(
    "think thinking thought afraid proud aware tired scared ashamed hear dream"
)

LINKED_BEFORE_LIKE = _words(
    "look looks looked sound sounds feel feels felt be been is was seem seems you'd i'd they'd"
)

NOUNS_BEFORE_PREPOSITION = _words(
    "reason reasons plan plans idea ideas part kind sort lot one some all any most much thought "
    "thoughts way time chance point step example problem"
)

BE = _words("am is are was were be been being")

AUXILIARIES = BE | _words(
    "do does did have has had can could will would shall should may might must "
    "don't doesn't didn't isn't aren't wasn't weren't haven't hasn't hadn't can't couldn't won't "
    "wouldn't shouldn't"
)

DUMMY = _words("do does did would could should will can might may")
"""Auxiliaries whose subject wants a verb after it."""

SUBJECTS = _words("i he she we they")

SAYING = _words(
    "think feel believe guess mean notice noticed saying means so thought feels wondering sounds "
    "said imagine seems"
)
"""Verbs after which "that" begins a clause."""

STARTING = _words(
    "want wants need needs think feel wonder wondering say let mean guess make makes made give "
    "keep keeps try trying get got put see hear know find stop stops take takes bring brings "
    "going wanting thinking feeling hoping curious tell"
)
"""Verbs that want an object or a clause, unless a question word in front stands for it."""

INVITING = frozenset(
    {"tell me", "walk me", "say more", "talk me", "describe that", "help me", "take me", "go on"}
    | {"wondering if", "wonder if", "wondering what", "wonder what", "wondering how", "wonder how"}
    | {"to understand", "to hear", "to know"}
)
"""Ways of asking without a question."""

FINDING_OUT = frozenset({"understand", "know", "hear", "see", "learn", "ask"})
WISHING = frozenset(
    {"like", "love", "want", "wanted", "trying", "try", "hoping", "curious", "i'd", "interested"}
)
SPEAKERS = frozenset({"i", "i'm", "i've", "we", "we're", "we've"})
