"""Cues for the asking labels (rubric 3, and boundary rules 1 to 5, 9, 10, 12, 20 and 21)."""

from __future__ import annotations

import re
from collections.abc import Callable

from trainer.scoring.evidence import Votes
from trainer.scoring.own_words import content_stems
from trainer.scoring.reading import Reading
from trainer.types import Label


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives))


_HELP = r"(?:help|be (?:useful|helpful|of use|any use|any help|all right|okay|welcome|good))"
_OFFER = (
    r"(?:say|share|offer|ask|tell|add|suggest|give|throw|check|push|challenge|play|mention|be|point"
    r"|show|stop|put|try|raise|jump|poke|make|interrupt|float|pick|bring|talk|read|come|have|chip|pass"
    r"|slow|change|switch|take|park|move|go|use|note|let you in)"
)
PERMISSION = _any(
    rf"^ (?:can|could|may|might) (?:i|we) (?:just |maybe |possibly |perhaps |quickly )*{_OFFER}\b",
    r" (?:can|could|may|shall|will|should) i (?:just |maybe |perhaps )?(?:say|share|offer|tell you"
    r"|show you|have a word|give you|put (?:a|one|it|something)|raise|add|poke|go on|keep)\b",
    r"\bmind (?:if|me) (?:i|we|\w+ing)\b|\bmind my \w+ing\b",
    r"\b(?:okay|all right|cool|fine|good) (?:with you )?(?:if|that|to|for me to) (?:i|we|slow|stop)\b",
    r" is that all right with you $| if that is all right (?:with you)? $| okay if i\b",
    rf" would it {_HELP} (?:to|if|for me)\b|\bis it useful\b",
    r" would (?:some|any|a bit of|a little) (?:\w+ ){1,4}(?:help|be (?:useful|helpful|of use|welcome))\b",
    r"\b(?:do you want|would you like|want|fancy) (?:me to|my|to hear|to know|an idea|a suggestion"
    r"|some (?:thoughts|background|input|ideas|feedback)|a thought|it $|to try|a story)\b",
    r"\bare you (?:up|open|game|okay) (?:for|to|with) (?:hear|me|try|a|some|hearing|trying|talk)\w*\b",
    r"\bam i all right to\b|\bwould you (?:be|feel) (?:okay|all right|comfortable|open|up) (?:with|to|for"
    r"|if) (?:me|hear|i|my|a|some)\w*\b|\bwould you let me\b|\bopen to (?:a|some|my|hearing)\b",
    r"\bdo i have your permission\b|\bwith your (?:leave|permission)\b|\bhave i got leave\b",
    r"(?:^| , )(?:please )?(?:can|may|could|shall|will) i \w+(?! (?:not|help|expect)\b)",
    r"\b(?:do you|you|would you|are you) (?:want|like|wanting|fancy) (?:it|them|one|my|the|a (?:listener|bit|"
    r"word|thought|hand|view)|company|some)\b.*(?: or | $)|\bworth hearing $|\bif you (?:want|like) (?:it|me to)\b",
    r"\bis (?:that|now|it|this) (?:allowed|okay|all right|a good time|a bad time|too soon)\b|\bhave you time\b",
    r"\b(?:offended|annoy you|mind|upset you|out of (?:order|line)|rude|odd|strange|bother you) if i\b|\bdo i (?:get"
    r" to|have leave)\b|\bhow would you feel about me \w+ing\b|\bbe a terrible\b",
    r"^ (?:shall|can|could|may|might) we (?:just |maybe |perhaps )*(?:look|talk|stay|get|go|pause|have|do|come|turn"
    r"|think|spend|use|stop|switch|move|try|leave|park)\b(?! not)",
    r" or (?:is (?:it|today)|would you (?:rather|sooner)|shall i|will (?:i|we)|leave it)\b(?:.*) (?:i|we|"
    r"today|me|time|wrong|leave|keep|it) ",
)
_SPEAKER_ACTS = re.compile(
    r" (?:can|could|may|might|shall|mind if|if|will|should) (?:i|we)\b| hear(?:ing)?\b| me to\b"
    r"| my (?:view|take|thoughts|two)\b| want it $"
)

CONSIDER = (
    r"(?:considered|thought (?:of|about|to)|think (?:of|about|to)|consider|tried|try|looked (?:at|into)"
    r"|asked|explored|contemplated|wondered about|cross your mind to|occurred to you to)"
)
_ADVICE_ANYWHERE = _any(
    rf"\b(?:have|had|did|would|could) you (?:not )?(?:ever |already |even |just |at all |possibly )*"
    rf"{CONSIDER}\b",
    rf"^ (?:ever|not) {CONSIDER}\b",
    r"\bdid it (?:ever )?(?:cross your mind|occur to you)\b|\bhas it (?:ever )?(?:crossed|occurred)\b",
    r"\bwhat (?:if|about if)\b|\bhow (?:is )?about\b|\bsupposing\b",
    r"\bwhy (?:do|would) not (?:you|we|i)\b(?! (?:think|know|want|like|feel|believe|trust))",
    r"^ why not(?! (?:you|what|who|because)\b)",
    r"\b(?:could|can|might|should|would) not (?:you|we|he|she|they)\b(?! (?:agree|say|think|admit|accept))",
    r"^ (?:could|can|might|should) not \w+|^ (?:could|can|might|should|would) (?:you|we|one|he|she|they) (?:not|no|"
    r"never)\b(?! (?:agree|say|think|admit|accept))|^ would not (?:a|an|the|some|it|this) ",
    r"\bought (?:you|we|one) (?:not )?to\b|\bshould (?:you|we) (?:be|just)?\b",
    r"\b(?:would|is|might|could) (?:it|this|that|now) (?:not )?(?:be |also be )?(?:a |an |the |any )?"
    r"(?:\w+ )?(?:better|worth|idea|sense|smarter|wiser|kinder|easier|quicker|simpler|harm|hurt|help"
    r"|time|moment|answer|safer|fairer|sensible|good)\b(?: (?:if|to|now|off|for you to))?",
    r"\bwould (?:it )?(?:hurt|help|kill you|make sense|pay)\b",
    r"\bwould (?:you|not you|you not) (?:not |no )?be (?:better|as well|wiser|smarter|mad|wise|happier)\b",
    r"\bdo (?:not )?you (?:not )?(?:think|feel|reckon|agree|believe|suppose)(?: \w+){0,5} (?:should|ought"
    r"|need|needs|better|time|have to|could|might|worth|must|got to)\b",
    r"\bdo not you (?:need|have|want) to\b|\bdo you not (?:need|have|want) to\b",
    r"\b(?:is|was) (?:there )?(?:any|a) (?:reason|chance|way|harm|merit|value|point|mileage|sense)"
    r"(?: \w+){0,3} (?:not|you|we|in|could|can)\b|^ any (?:chance|reason|way) (?:you|we|of)\b",
    r"\bwhat (?:would|could|is|might) be (?:so |the |up )?(?:\w+ )?(?:with|about|in|to) \w+ing\b|\bwhat way would\b",
    r"\b(?:is there|there) a world (?:where|in which)\b|\bwhat do you say to\b|\bhow might (?:a|an|the|some)\b",
    r"\b(?:how|where|what) would (?:\w+ ){1,5}(?:be|go|look|say|take it|react)\b.* if you\b",
    r"\bwhat (?:is|would be|would|could) (?:stop(?:ping)?|the harm|so (?:terrible|bad|wrong|hard)|wrong"
    r"|keeping|holding|the downside)\b(?: (?:in|about|with|you|us|to|of|from))",
    r"\bwhat would (?:happen|change|it (?:take|cost|look like|be like|mean|do)) (?:if|to|for you) \w+",
    r"\bwhat (?:could|would|might) (?:open up|happen|change|be possible|you (?:gain|get|lose)) (?:if|by)\b",
    r"\bhow (?:would|might|could|will) (?:it|that|things|she|he|they|you) (?:be|feel|look|go|work|land"
    r"|hurt|sound|help|react|respond|sit)(?: \w+){0,2} (?:if|to|about)\b",
    r"\bhow (?:open|keen|willing|comfortable|ready) (?:would|are|might) you (?:be )?(?:to|with|about)\b",
    r"\bhow much (?:\w+ ){0,3}would (?:\w+ ){1,3}(?:be|look|go|feel)\b.* if you\b",
    r"\bwhere (?:would|might) it (?:leave|get|put|take) (?:you|us|them) (?:if|to)\b",
    r"\bhow (?:it would|would it) (?:go|be|look) if\b|\bi wonder(?:ed)? (?:if|whether)\b",
    r"\bi am (?:just )?wondering (?:if|whether)\b",
    r"\bwhat (?:do|would) you (?:think|say|feel) (?:about|of|to) \w+ing\b",
    r"\bhow do you feel about (?:possibly |maybe |just )?\w+ing\b",
    r"^ (?:suppose|say|imagine|picture|what say) (?:you|we|he|she|they|the|i)\b",
    r"^ (?:maybe|perhaps) (?:you|we|a|the|it|just|try)\b|^ or (?:by|with|maybe|just|even)\b",
    r"\byou (?:could|might|can) (?:always|maybe|perhaps|just|also|even|catch|try)\b",
    r"^ (?:could|can|would|might) you (?:perhaps|maybe|possibly|just|instead|at least|ever|start|let|use|offer"
    r"|bring|get|ask|call|send|take|move|invite|put|cut|swap|drop|split|make|go|have)\b",
    r"^ could (?:he|she|they) (?:maybe |perhaps |just )*(?:use|let|bring|ask|get|send|try|offer|put|have|go|swap)\b",
    r"\bdo not you want to\b|\byou do not want to\b",
    r"\bwould you rather \w+ .* or\b",
)
PUSH = _any(
    r"\b(?:should|must|ought|surely|need|needs|better|mad|wiser|smarter|kinder|got to|have to)\b",
    r"\bdo not you (?:think|need|reckon|feel|agree|want|believe)\b|\bwould not (?:it|you|the|this)\b",
    r"\bwould (?:it|you) (?:not|no) (?:be|help|make|do)\b|\bis (?:it )?not (?:it |that |time)",
    r"\b(?:it is|is it|about|high|about) time\b|\bought\b|\bas well\b",
)
_ABOUT_TOPIC = re.compile(r"\b(?:what|how) about\b")

_YOU_THINK = r"(?:you|he|she|they) (?:think|reckon|figure|believe|suppose|imagine|guess|feel|sense)"
_WHY_WORLD = _any(
    rf"\bwhy (?:do|did|might|is it|was it) {_YOU_THINK}\b|\bin your (?:view|mind|eyes|opinion)\b",
    rf"\b(?:do|would) {_YOU_THINK}\b",
    r"\bwhy (?:is|was|does|would|might) (?:that|this|it) (?:\w+ )?(?:important|matter|significant)\b",
)
WHY_YOU = _any(
    r"\bwhy (?:on earth |in the world |the hell )?(?:did|do|are|were|is|was|have|had|has|would|could"
    r"|should|must|can|will)(?: not)? (?:you|your|we|i|nobody|no one|naebody|it not|they not|there"
    r" no|there not|anyone not|somebody not)\b",
    r"^ why (?:you|your)\b|\bfor (?:what|which) reason (?:do|did|are|were|have|is)\b|^ for why\b",
    r"\bhow come\b|\bhow on earth\b|^ whatever (?:for|made|possessed)\b|^ and why not\b|\bwhat reason\b|\bwhat (?:on earth )?possessed\b|\bon what grounds\b|\bwhat were you (?:thinking|at"
    r"|doing|playing)\b|\bwhat made you (?:think|go|do|give|send|skip|say|decide|wait|agree|let)\b",
    r"\bhow (?:is|was) it (?:possible )?(?:that )?you\b|\bhow is it (?:happen|possible|that)\b",
    r"^ why (?:on earth|in the name|in god|else|ever)\b|\bhow (?:could|can|did) you (?:not|even|let|manage"
    r" to (?:lose|miss|forget)|forget|miss|possibly|allow|lose)\b",
    r"\bwhat (?:is|was) the (?:reason|thinking|logic|excuse) (?:for|behind|in)\b",
    r"\b(?:explain|tell me) (?:to me )?why (?:you|it|the|we|this|that)\b",
    r"\bhow did (?:it|that|this) (?:get|come|go) (?:to|this)\b",
    r"\bwhat is (?:your|the) excuse\b|\bwhat .* for $",
)
BLAME = _any(
    r"\bnot\b|\bstill\b|\bno\b|\bnobody\b|\bnever\b|\bonly\b|\bagain\b|\blate\b|\bwithout\b",
    r"\bpossessed\b|\bwere you (?:thinking|at|playing)\b|\bhow (?:could|did) you\b|\bon earth\b|\bexcuse\b"
    r"|\blet (?:the|it|them|him|her|that|go)\b|\binstead of\b|\balready\b|\bname of\b|\bfail\w*\b|\bmiss\w*"
    r"\b|\blose\b|\bforg[eo]t\b|\bcareless\b|\bwrong\b|\bputting off\b|\bnerve\b|\bskip\w*\b",
)

SPECIFIC = _any(
    r"^ (?:and )?(?:who|whose|whom)\b|^ when\b|^ (?:by|since|until|from|at|on|in) (?:when|which|what)\b",
    r"\bhow (?:many|much|often|long|far|old|big|soon|late|large|tall|wide)\b",
    r"\bwhat (?:time|day|date|number|price|percentage|year|month|week|size|name|page|figure|rate|budget"
    r"|colour|color|discount|volume|quarter|version|model|address|amount|margin|deadline|title)\b",
    r"\b(?:what|where) (?:is|was|are|were) (?:the|your|his|her|their|our|its|that|my) (?:\w+ ){0,3}"
    r"(?:number|name|date|figure|price|deadline|score|rate|margin|budget|volume|total|value|cost|target"
    r"|time|address|title|size|quota|discount|count|length|term|cap|fee|spend|split|office|called)\b",
    r"\bwhich (?:day|one|two|three|four|page|month|week|quarter|bank|firm|client|account|site|branch|of"
    r" (?:them|those|these)|date|\w+s)\b|^ which \w+ $",
    r"\bwhere (?:is|was|are|were|did|does|do) (?:he|she|they|it|the|that|his|her) .*(?:based|live|sit"
    r"|meet|office|held|from|keep|kept|sign)\b",
    r"\bwhat (?:is|was) .* called $|\bwhat did (?:we|they|you|he|she) (?:quote|charge|pay|lose|close|sell"
    r"|bid|price|offer|order|spend|bill)\b|\bwhat are (?:they|we|you|he) paying\b",
)
_DEGREE = re.compile(
    r"\bhow much (?:of (?:a|that|this|it)|do you (?:want|care|trust|believe|like|mind)|does (?:it|that)"
    r" (?:matter|bother|worry)|would)\b|\bhow (?:far|long|often) (?:would|could|might|are you willing)\b"
    r"|\bwhich (?:way|part|bit|side|of (?:those|these|them) (?:feels?|sounds?|is|matters?|sits?))\b"
    r"|\bwhen (?:you|they|he|she|it|the)\b"
)

SCALE = re.compile(
    r"\b(?:one|nought|zero|naught|1|0) to (?:ten|five|10|5|\w+)\b|\bout of (?:ten|five|10|5|a hundred)\b"
    r"|\bon a scale\b|\bscale (?:of|from)\b|\bwhat percent\b"
)
_CHECK = re.compile(
    r"\b(?:have|did) i (?:got|get|hear|understood|understand|read)\b|\bis that (?:right|it|fair|near|close"
    r"|how|what|about)\b|\bam i (?:right|hearing|close|near|reading|following|understanding)\b"
    r"|\bdoes that (?:sound|feel|seem|fit|capture|match|ring|make sense|sum|cover|land)\b"
    r"|\bdo i have (?:that|it|you)\b|\bis (?:it|that) near\b"
)

_FEELING = (
    r"(?:afraid|scar\w*|frighten\w*|fear\w*|intimidat\w*|worried|ashamed|embarrassed|avoid\w*|hid\w*"
    r"|angry|jealous|lazy|threatened|nervous|bored|insecure|guilty|lonely|resent\w*|reliev\w*|upset"
    r"|sulking|uncomfortable|anxious|dodging|panick\w*|punish\w*)"
)
FAULT = re.compile(
    rf"\b{_FEELING}\b|\bcareless\w*\b|\bexcuses?\b|\bput (?:him|her|them) off\b|\bgo(?:ne|ing)? wrong\b"
    r"|\blose (?:your|the|control)\b|\byour nerve\b|\bfail\w*\b|\bmistakes?\b|\bmess\w*\b|\bmiss(?:ed)?\b"
    r"|\bput (?:his|her|their) back up\b|\bputting off\b|\bbehind (?:all )?(?:the|this|that)\b"
    r"|\bdown to (?:you|how you|your)\b|\bgive up\b|\bgiving up\b|\bblow it\b|\bblew\b|\bweak\w*\b|\blet"
    r" (?:it|them|him|her|the)\b|\bbreak(?:s|ing)? down\b|\bwithout\b|\boff the ball\b|\beye off\b"
    r"|\bnot (?:bother|checked|read|done|called|ready|prepared)\b|\bforgotten?\b|\bforgot\b|\bneglect\w*\b"
)
_PRESUPPOSES = _any(
    rf"\bwhat (?:is|was|are|were) (?:it (?:about|that)|you|he|behind)\b.*\b{_FEELING}\b",
    rf"\bwhat (?:are|were) you (?:so |really |actually )*{_FEELING}\b",
    r"\bhow much of (?:that|this|it|the)\b.*\b(?:down to|because|you|your)\b",
    r"\bwhat(?: is)?(?: really)? behind (?:all )?(?:this|that|the|these|your)\b",
    r"\b(?:what|when|where|how|why) (?:did|do|does|has|have|is|are) (?:you|your)\b.*\b(?:lose|wrong|miss"
    r"|careless|put .* back up|nerve|let|fail|mess|break)\b",
    r"\bwhat does (?:it|that|this) (?:tell|say to|teach) you\b.+\bthat\b",
    r"\bwhen (?:were|are|did) you (?:going|planning|meaning|understand|realise|realize|stop|give)\b",
    rf"\bhow {_FEELING} (?:are|were|is|was) (?:you|he|she)\b|\bwhat did you (?:miss|do to|do wrong)\b",
    r"\bhow many\b.*\b(?:not|without|miss\w*|fail\w*|lost|wast\w*)\b|\bhow long have you (?:been )?(?:put"
    r"ting|avoid\w*|hid\w*|let\w*)\b",
    r"\bwhat did (?:he|she|they|you) (?:say|do) .* that (?:made|put|upset)\b",
)
LEADING = _any(
    r"\b(?:would|do) (?:not )?you (?:not )?(?:agree|admit|accept|concede|not see)\b|\byou would (?:agree"
    r"|admit|have to admit|say|accept)\b|\bcan we agree\b|\bwe can agree\b|\byou can see\b",
    r"\bwould it be fair to say\b|\bis it (?:not )?fair to say\b|\bsurely\b|\bto be (?:fair|honest)\b",
    r"\b(?:is|was|are|were|has|have|did|does) not (?:it|that|this|the|what|there|he|she|they|you|your)\b",
    r"\b(?:have|did|were|are|do) not (?:you|we)\b|\b(?:do|did|are|were|have) you not (?:think|see|feel"
    r"|know|realise|realize|notice|worry)\b",
    r"\bis (?:this|it|that) (?:not )?(?:really|actually|maybe|perhaps|just) (?:about|that|your|you|the)\b",
    r"\byou must (?:be|have|feel)\b|\bare you (?:just |maybe |really )*(?:afraid|scared|avoiding|hiding"
    r"|frightened|more afraid|sure)\b|\bis it (?:that|because) you\b|\bor is it that you\b",
    r"\byou will have\b|\b(?:you|we) all know\b|\bas (?:we|you) (?:both |all )?know\b",
    r"\bcould it be (?:that )?(?:you|your)\b",
)

RHETORICAL = _any(
    r"^ (?:and |sure )?who (?:(?:would|does|could|has|do|is) not|would|among|in (?:god's|the)|else (?:would|is|but)"
    r"|ever|has ever|on earth|am i|are we|doesn't)\b(?!.* (?:help|support|tell|sign|involved|join|decides?|need))",
    r"\bhow (?:hard|difficult|complicated|stupid|blind|many times|often) (?:can|could|do|must|have|is|does)"
    r" (?:it|i|we|this|that|you|anyone|they)\b",
    r"\b(?:do|did|have|am|must|should) i (?:look|have to|need to|say|not|really|been|got to|ask|stutter|see"
    r"m|sound)\b|\bwhat am i\b|\bwho am i\b|\bdo you think i\b|\byou think i\b|\bwhat are we\b|\bwho are we"
    r"\b|\bhow many times (?:do|have|must|did) (?:i|we)\b",
    r"\bwhat (?:is|was|would be) (?:the|even the) (?:point|use|worst|good|harm)\b|\bwhat (?:did|do) you"
    r" expect\b|\bwhat else (?:is|was|would|could|did)\b.*\b(?:new|expect|say|be|do)\b|\bwhat good\b",
    r"\bare you (?:serious|joking|kidding|having me|for real)\b|\bseriously $|\byou are (?:kidding|joking)\b"
    r"|\bis (?:this|that) (?:a|some) (?:joke|game|charity)\b|\bdo you even\b|\bdo they (?:even|no|not)\b"
    r"|\bsince when\b|\bwhat world\b|\bwhere would we be\b|\bin what (?:world|universe)\b",
    r"\b(?:rocket|brain) (?:science|surgery)\b|\bis the pope\b|\bdo bears\b|\b(?:was|is|are|has) (?:there)"
    r" (?:ever|always|a single)\b|\bnot there always\b|\bdo not they all\b|\bever (?:a|an|one)\b",
    r"\bwho (?:ever|has ever|plans|buys|needs|wants|cares|turns|does that|says|runs|sends|said|told (?:him"
    r"|her|them|you))\b|\bdo not answer\b|\bwould have thought\b|\bis it (?:any )?wonder\b"
    r"|\bwhat do we (?:even|pay)\b|\bhow do we not\b|\bisn't that (?:nice|lovely|great)\b",
)
_ECHO_WORDS = 4  # an echo of their words thrown back is at most this long


def _action_theirs(reading: Reading, action: str) -> bool:
    """Apply the source test to an action; words without content of their own are nobody's push."""
    tokens = action.split()
    return not content_stems(tokens) or reading.table.is_theirs(tokens)


def vote_permission(reading: Reading, votes: Votes) -> None:
    """Vote for asking leave, where it waits for an answer (boundary rule 1)."""
    text = reading.inner if reading.wrapper else reading.statement
    if reading.wrapper and reading.main:
        return
    if PERMISSION.search(text) and _SPEAKER_ACTS.search(f" {text} "):
        votes.add(Label.PERMISSION, 4.5)
    elif PERMISSION.search(text):
        votes.add(Label.PERMISSION, 2.6)


def vote_advice_question(reading: Reading, votes: Votes) -> None:
    """Vote for an action with a question round it, unless the action is theirs (source test)."""
    text = reading.plain
    match = _ADVICE_ANYWHERE.search(text)
    if match is None:
        _vote_topic_first(reading, votes)
        return
    action = text[match.end() :] or text
    head = text[: match.start()]
    if _ABOUT_TOPIC.search(match.group()) and not re.search(r"\w+ing\b|\byou\b|\bwe\b", action):
        weight = 1.0 if reading.table.echoes(action.split()) else 2.2
        votes.add(Label.ADVICE_QUESTION, weight)
        votes.add(Label.OPEN_QUESTION, 1.4)
        return
    named = action if content_stems(action.split()) else head
    if _action_theirs(reading, named):
        pressed = PUSH.search(text)
        wh = reading.main is not None and reading.main.wh
        votes.add(Label.OPEN_QUESTION if wh else Label.CLOSED_QUESTION, 1.5)
        votes.add(
            Label.ADVICE_QUESTION, 2.0 if pressed or not content_stems(named.split()) else 0.8
        )
        return
    votes.add(Label.ADVICE_QUESTION, 3.6 if PUSH.search(text) else 3.2)


def _vote_topic_first(reading: Reading, votes: Votes) -> None:
    """Vote for a manager's idea put in front of an open ask ("A demo day, what would that do?")."""
    ahead = reading.run_up
    if not ahead or reading.main is None or len(content_stems(ahead)) < 2:
        return
    if not re.search(r" (?:would|might|could|that|it|of that) ", reading.question):
        return
    if ahead[0] in ("you", "so", "when", "if", "i", "they", "he", "she", "since", "because"):
        return
    if reading.table.spoken_before and not reading.table.is_theirs(ahead):
        votes.add(Label.ADVICE_QUESTION, 2.8)


def vote_why(reading: Reading, votes: Votes) -> None:
    """Vote for a demand to justify their own act, or for an open why about the world."""
    text = reading.inner if reading.wrapper else reading.plain
    world = _WHY_WORLD.search(text)
    if WHY_YOU.search(text) and not (world and " why " in text):
        votes.add(Label.WHY_CHALLENGE, 3.6)
    elif " why " in text and reading.main and reading.main.wh == "why":
        if world:
            votes.add(Label.OPEN_QUESTION, 3.4)
        elif re.search(
            r"\bwhy (?:did|does|do|has|is|was|are|were|would|will) (?:he|she|they)\b", text
        ):
            votes.add(Label.OPEN_QUESTION, 2.4)
        elif BLAME.search(text) or not re.search(r"\b(?:he|she|they|them|their)\b", text):
            votes.add(Label.WHY_CHALLENGE, 2.2)
            votes.add(Label.OPEN_QUESTION, 1.0)
        else:
            votes.add(Label.OPEN_QUESTION, 2.0)


def vote_leading(reading: Reading, votes: Votes) -> None:
    """Vote for a wanted answer in the wording, or a fault or feeling taken for granted."""
    text = reading.plain
    theirs = reading.table
    if _PRESUPPOSES.search(text):
        named = FAULT.search(text)
        own = named is not None and theirs.echoes(named.group().split()) > 0
        votes.add(Label.LEADING_QUESTION, 1.0 if own else 3.4)
    if LEADING.search(text) and not _CHECK.search(text):
        votes.add(Label.LEADING_QUESTION, 2.4)
    if reading.tag and reading.main is None:
        _vote_tag(reading, votes)


def _vote_tag(reading: Reading, votes: Votes) -> None:
    """Weigh a tag: closed on their own material, leading on the manager's judgement (rule 9)."""
    said = reading.statement.split()
    share = reading.table.share(said)
    fact = re.match(
        r" you (?:have |had |did |do |were |are )?(?:not |already |just )*\w+", reading.statement
    )
    judged = JUDGEMENT.search(reading.statement) or LEADING.search(reading.statement)
    denied = re.match(r" (?:\w+ ){1,2}not\b", reading.statement)
    closed = 1.0 + 2.4 * share + (1.8 if fact and not denied else 0.0)
    leading = 2.2 + (1.2 if judged else 0.0) - 1.4 * share
    if reading.tag in _FACT_TAGS:
        closed += 0.6
    elif " not" in reading.tag:
        leading += 0.8
    votes.add(Label.CLOSED_QUESTION, closed - (1.2 if judged else 0.0))
    votes.add(Label.LEADING_QUESTION, leading)


_FACT_TAGS = frozenset({"right", "yes", "correct", "is that right"})
JUDGEMENT = re.compile(
    r"\b(?:rushed|weak|bad|poor|wrong|lazy|sloppy|slow|cheap|silly|stupid|desperate|obvious\w*|better|worse"
    r"|best|worst|too|not really|more or less|just|kind of|a bit|bit of|real|whole|only|hardly|barely"
    r"|never|always|nobody|everybody|enough|mistake|mess|waste|dead|problem|should\w*|must|ought|need|soft"
    r"|hard|fair|easy|difficult|good|great|polite|stale|cold|light|thin|late|let|trained|avoid\w*|hid\w*"
    r"|scared|afraid|avoiding|cowardly|ought|looks?|feels?|seems?|sounds?|agree|say)\b"
)
"""Words that judge; on them a tag asks for agreement rather than for a fact."""


def vote_rhetorical(reading: Reading, votes: Votes) -> None:
    """Vote for a question that leaves no room for an answer (boundary rule 12)."""
    text = reading.plain
    if RHETORICAL.search(text):
        votes.add(Label.RHETORICAL_QUESTION, 3.2)
    words = reading.spoken.words
    if reading.main is None and reading.spoken.marked and not reading.tag and words <= _ECHO_WORDS:
        if words and reading.table.echoes(reading.spoken.tokens):
            votes.add(Label.RHETORICAL_QUESTION, 1.2)


_NOT_A_CANDIDATE = frozenset(
    """
    then though exactly really honestly now today there here first please mind like so if when once
    because since while knowing given between after before without do does did would could will can
    have has say mate son pal man folks love pet honey though anyway overall ideally roughly
    personally specifically in with for out from of behind about on into under come word if you i we he she they who which what how where that and but as
    """.split()
)
_APPOSES = frozenset("the this that being a to".split())
_PARENTHESIS = re.compile(
    r"\b(?:do|would|did) you (?:think|say|reckon|suppose|figure|feel|guess|imagine)\b|\bi wonder\b"
)


def candidate(reading: Reading) -> str:
    """Return the candidate answer offered in the same breath as a question word, or ""."""
    main = reading.main
    if main is None or not main.wh:
        return ""
    question = _PARENTHESIS.sub(" ", reading.question)
    for other in reading.onsets[1:]:
        if not other.wh and reading.tokens[other.start - 1] not in ("and", "but"):
            offered = " ".join(reading.tokens[other.start :])
            if not _PARENTHESIS.search(f" {offered} ") and " " in offered:
                return offered
    tail = [word for word in question.rsplit(" , ", 1)[-1].split() if word != ","]
    if " , " not in question or not 0 < len(tail) <= 9 or not reading.spoken.marked:
        return ""
    head = question.rsplit(" , ", 1)[0].split()
    if tail[0] in _NOT_A_CANDIDATE and "or" not in tail[1:]:
        return ""
    if re.search(r" (?:it|that|this)(?: \w+)? $", f" {' '.join(head)} ") and tail[0] in _APPOSES:
        return ""
    if re.search(r" (?:it|that|this) (?:\w+ )?$", f" {' '.join(head)} ") and tail[0].endswith(
        "ing"
    ):
        return ""
    if len(tail) == 1 and (tail[0].endswith("ly") or len(head) < 3):
        return ""
    return " ".join(tail) if len(head) >= 2 else ""


_FORMS: tuple[Callable[[Reading, Votes], None], ...] = (
    vote_permission,
    vote_advice_question,
    vote_why,
    vote_leading,
    vote_rhetorical,
)


STEERS = (
    Label.WHY_CHALLENGE,
    Label.LEADING_QUESTION,
    Label.ADVICE_QUESTION,
    Label.RHETORICAL_QUESTION,
    Label.PERMISSION,
)
CLEARLY_STEERS = 2.4  # votes from which the form test no longer competes
FAINT = 0.5  # what is left of a form vote then


class _Faint(Votes):
    """Votes that count for less, because a cue already says what the ask is for."""

    def __init__(self, votes: Votes) -> None:
        self._votes = votes

    def add(self, label: Label, weight: float) -> None:
        self._votes.add(label, weight * FAINT)


def vote_ask(reading: Reading, votes: Votes) -> None:
    """Vote for what a segment asks: steering cues first, then the form test for the rest."""
    for vote in _FORMS:
        vote(reading, votes)
    main = reading.main
    steering = max((votes.of(label) for label in STEERS), default=0.0)
    if steering >= CLEARLY_STEERS:
        votes = _Faint(votes)
    if reading.wrapper and main is None:
        votes.add(Label.OPEN_QUESTION, 3.6)
    elif main is not None and main.wh:
        _vote_question_word(reading, votes)
    elif main is not None:
        _vote_polar(reading, votes)
    elif not reading.tag:
        _vote_bare(reading, votes)


def _vote_question_word(reading: Reading, votes: Votes) -> None:
    question = reading.question
    offered = candidate(reading)
    if offered and re.search(r" (?:am i|are we|do we) ", f" {question} "):
        votes.add(Label.RHETORICAL_QUESTION, 2.0)
    if offered:
        votes.add(Label.NARROWED_QUESTION, 3.2)
        return
    if SCALE.search(reading.plain):
        votes.add(Label.CLOSED_QUESTION, 3.5)
        return
    why = reading.main is not None and reading.main.wh == "why"
    if SPECIFIC.search(question) and not _DEGREE.search(question):
        votes.add(Label.SPECIFIC_QUESTION, 3.0)
        votes.add(Label.OPEN_QUESTION, 0.6)
    elif not why:
        votes.add(Label.OPEN_QUESTION, 2.6)
        if re.search(r" (?:you|your|yourself) ", question):
            votes.add(Label.OPEN_QUESTION, 0.8)


def _vote_polar(reading: Reading, votes: Votes) -> None:
    votes.add(Label.CLOSED_QUESTION, 2.0)
    if _CHECK.search(reading.plain) or SCALE.search(reading.plain):
        votes.add(Label.CLOSED_QUESTION, 2.0)
    if re.search(r" (?:anything|something|somewhere|any other way) (?:else|more) ", reading.plain):
        votes.add(Label.OPEN_QUESTION, 2.4)


def _vote_bare(reading: Reading, votes: Votes) -> None:
    """Vote on a statement or fragment that only its question mark makes an ask."""
    if SCALE.search(reading.plain):
        votes.add(Label.CLOSED_QUESTION, 3.0)
    text = reading.plain
    if re.match(
        r" (?:and|so|because|such as|meaning|go on|like what|what else|how so|for example) $", text
    ):
        votes.add(Label.OPEN_QUESTION, 3.0)
        return
    votes.add(Label.CLOSED_QUESTION, 1.8 + reading.table.share(reading.spoken.tokens))
    if re.match(r" you ", text) and JUDGEMENT.search(text):
        votes.add(Label.LEADING_QUESTION, 1.4)
