"""Wordings that show what an ask is for; matched on the plain form (rubric 3, boundary rules)."""

from __future__ import annotations

import re

from trainer.scoring.cue import Cue

_HELP = "(?:help|be (?:useful|helpful|of use|any use|any help|all right|okay|welcome|good))"
_OFFER = (
    "(?:say|share|offer|ask|tell|add|suggest|give|throw|check|push|challenge|play|mention|be"
    "|point|show|stop|put|try|raise|jump|poke|make|interrupt|float|pick|bring|talk|read|come"
    "|have|chip|pass|slow|change|switch|take|park|move|go|use|note|let you in)"
)
PERMISSION = Cue(
    rf"^ (?:can|could|may|might) (?:i|we) (?:just |maybe |possibly |perhaps |quickly )*{_OFFER}\b",
    " (?:can|could|may|shall|will|should) i (?:just |maybe |perhaps )?(?:say|share|offer"
    "|tell you|show you|have a word|give you|put (?:a|one|it|something)|raise|add|poke|go on"
    r"|keep)\b",
    r"\bmind (?:if|me) (?:i|we|\w+ing)\b|\bmind my \w+ing\b",
    r"\b(?:okay|all right|cool|fine|good) (?:with you )?(?:if|that|to|for me to) (?:i|we|slow"
    r"|stop)\b",
    r" is that all right with you $| if that is all right (?:with you)? $| okay if i\b",
    rf" would it {_HELP} (?:to|if|for me)\b|\bis it useful\b",
    r" would (?:some|any|a bit of|a little) (?:\w+ ){1,4}(?:help|be (?:useful|helpful|of use"
    r"|welcome))\b",
    r"\b(?:do you want|would you like|want|fancy) (?:me to|my|to hear|to know|an idea"
    "|a suggestion|some (?:thoughts|background|input|ideas|feedback)|a thought|it $|to try"
    r"|a story)\b",
    r"\bare you (?:up|open|game|okay) (?:for|to|with) (?:hear|me|try|a|some|hearing|trying"
    r"|talk)\w*\b",
    r"\bam i all right to\b|\bwould you (?:be|feel) (?:okay|all right|comfortable|open"
    r"|up) (?:with|to|for|if) (?:me|hear|i|my|a|some)\w*\b|\bwould you let me\b|\bopen to (?:a"
    r"|some|my|hearing)\b",
    r"\bdo i have your permission\b|\bwith your (?:leave|permission)\b|\bhave i got leave\b",
    r"(?:^| , )(?:please )?(?:can|may|could|shall|will) i \w+(?! (?:not|help|expect)\b)",
    r"\b(?:do you (?:want|fancy)|you want|would you (?:want|like)|are you wanting) (?:it|them"
    r"|one|my"
    r"|the (?:short|long|background|figures|numbers|story|version)|a (?:listener|bit|word"
    r"|thought|hand|view)|company|some)\b.*(?: or | $)|\bworth hearing $"
    r"|\bif you (?:want|like) (?:it|me to)\b",
    r"\bis (?:that|now|it|this) (?:allowed|okay|all right|a good time|a bad time|too soon)\b"
    r"|\bhave you time\b",
    r"\b(?:offended|annoy you|mind|upset you|out of (?:order|line)|rude|odd|strange"
    r"|bother you) if i\b|\bdo i (?:get to|have leave)\b|\bhow would you feel about me \w+ing\b"
    r"|\bbe a terrible\b",
    "^ (?:shall|can|could|may|might) we (?:just |maybe |perhaps )*(?:look|talk|stay|get|go"
    r"|pause|have|do|come|turn|think|spend|use|stop|switch|move|try|leave|park)\b(?! not)",
    " or (?:is (?:it|today)|would you (?:rather|sooner)|shall i|will (?:i|we)"
    r"|leave it)\b(?:.*) (?:i|we|today|me|time|wrong|leave|keep|it) ",
)
SPEAKER_ACTS = re.compile(
    r" (?:can|could|may|might|shall|mind if|if|will|should) (?:i|we)\b| hear(?:ing)?\b| me to\b"
    r"| my (?:view|take|thoughts|two)\b| want it $"
)
CONSIDER = (
    "(?:considered|thought (?:of|about|to)|think (?:of|about|to)|consider|tried|try"
    "|looked (?:at|into)|asked|explored|contemplated|wondered about|cross your mind to"
    "|occurred to you to)"
)
ADVICE_ANYWHERE = Cue(
    r"\b(?:have|had|did|would|could) you (?:not )?(?:ever |already |even |just |at all "
    rf"|possibly )*{CONSIDER}\b",
    rf"^ (?:ever|not) {CONSIDER}\b",
    r"\bdid it (?:ever )?(?:cross your mind|occur to you)\b|\bhas it (?:ever )?(?:crossed"
    r"|occurred)\b",
    r"\bwhat (?:if|about if)\b|\bhow (?:is )?about\b|\bsupposing\b"
    r"|\bwhat about (?:just |maybe |perhaps )?(?=\w+ing\b)",
    r"\bwhy (?:do|would) not (?:you|we|i)\b(?! (?:think|know|want|like|feel|believe|trust))",
    r"^ why not(?! (?:you|what|who|because)\b)",
    r"\b(?:could|can|might|should|would) not (?:you|we|he|she|they)\b(?! (?:agree|say|think"
    "|admit|accept))",
    r"^ (?:could|can|might|should) not \w+|^ (?:could|can|might|should|would) (?:you|we|one|he"
    r"|she|they) (?:not|no|never)\b(?! (?:agree|say|think|admit|accept))|^ would not (?:a|an|the"
    "|some|it|this) ",
    r"\bought (?:you|we|one) (?:not )?to\b|\bshould (?:you|we) (?:be|just)?\b",
    r"\b(?:would|is|might|could) (?:it|this|that|now) (?:not )?(?:be |also be )?(?:a |an |the "
    r"|any )?(?:\w+ )?(?:better|worth|idea|sense|smarter|wiser|kinder|easier|quicker|simpler"
    r"|harm|hurt|help|time|moment|answer|safer|fairer|sensible|good)\b(?: (?:if|to|now|off"
    "|for you to))?",
    r"\bwould (?:it )?(?:hurt|help|kill you|make sense|pay)\b",
    r"\bwould (?:you|not you|you not) (?:not |no )?be (?:better|as well|wiser|smarter|mad|wise"
    r"|happier)\b",
    r"\bdo (?:not )?you (?:not )?(?:think|feel|reckon|agree|believe"
    r"|suppose)(?: \w+){0,5} (?:should|ought|need|needs|better|time|have to|could|might|worth"
    r"|must|got to)\b",
    r"\bdo not you (?:need|have|want) to\b|\bdo you not (?:need|have|want) to\b",
    r"\b(?:is|was) (?:there )?(?:any|a) (?:reason|chance|harm|merit|value|point|mileage"
    r"|sense)(?: \w+){0,3} (?:not|you|we|in|could|can)\b|^ any (?:chance|reason|way) (?:you|we"
    r"|of)\b",
    r"\bwhat (?:would|could|is|might) be (?:so |the |up )?(?:\w+ )?(?:with|about|in|to) \w+ing\b"
    r"|\bwhat way would\b",
    r"\b(?:is there|there) a world (?:where|in which)\b|\bwhat do you say to\b|\bhow might (?:a"
    r"|an|the|some)\b",
    r"\b(?:how|where|what) would (?:\w+ ){1,5}(?:be|go|look|say|take it|react)\b.* if you\b",
    r"\bwhat (?:is|would be|would|could) (?:the harm|so (?:terrible|bad|wrong"
    r"|hard)|wrong|the downside)\b(?: (?:in|about|with|you|us|to|of|from))",
    r"\bwhat would (?:happen|change|it (?:take|cost|look like|be like|mean|do)) (?:if)"
    r" \w+",
    r"\bwhat (?:could|would|might) (?:open up|happen|change|be possible|you (?:gain|get"
    r"|lose)) (?:if|by)\b",
    r"\bhow (?:would|might|could|will) (?:it|that|things|she|he|they|you) (?:be|feel|look|go"
    r"|work|land|hurt|sound|help|react|respond|sit)(?: \w+){0,2} (?:if|to|about)\b",
    r"\bhow (?:open|keen|willing|comfortable|ready) (?:would|are|might) you (?:be )?(?:to|with"
    r"|about)\b",
    r"\bhow much (?:\w+ ){0,3}would (?:\w+ ){1,3}(?:be|look|go|feel)\b.* if you\b",
    r"\bwhere (?:would|might) it (?:leave|get|put|take) (?:you|us|them) (?:if|to)\b",
    r"\bhow (?:it would|would it) (?:go|be|look) if\b|\bi wonder(?:ed)? (?:if|whether)\b",
    r"\bi am (?:just )?wondering (?:if|whether)\b",
    r"\bwhat (?:do|would) you (?:think|say|feel) (?:about|of|to) \w+ing\b",
    r"\bhow do you feel about (?:possibly |maybe |just )?\w+ing\b",
    r"^ (?:suppose|say|imagine|picture|what say) (?:you|we|he|she|they|the|i)\b",
    r"^ (?:maybe|perhaps) (?:you|we|a|the|it|just|try)\b|^ or (?:by|with|maybe|just|even)\b",
    r"\byou (?:could|might|can) (?:always|maybe|perhaps|just|also|even|catch|try)\b",
    "^ (?:could|can|would|might) you (?:perhaps|maybe|possibly|just|instead|at least|ever|start"
    "|let|use|offer|bring|get|ask|call|send|take|move|invite|put|cut|swap|drop|split|make|go"
    r"|have)\b",
    "^ could (?:he|she|they) (?:maybe |perhaps |just )*(?:use|let|bring|ask|get|send|try|offer"
    r"|put|have|go|swap)\b",
    r"\bdo not you want to\b|\byou do not want to\b",
    r"\bwould you rather \w+ .* or\b",
)
PUSH = Cue(
    r"\b(?:should|must|ought|surely|need|needs|better|mad|wiser|smarter|kinder|got to|have to)\b",
    r"\bdo not you (?:think|need|reckon|feel|agree|want|believe)\b|\bwould not (?:it|you|the"
    r"|this)\b",
    r"\bwould (?:it|you) (?:not|no) (?:be|help|make|do)\b|\bis (?:it )?not (?:it |that |time)",
    r"\b(?:it is|is it|about|high|about) time\b|\bought\b|\bas well\b",
)
ABOUT_TOPIC = re.compile(r"\b(?:what|how) about\b")
_YOU_THINK = "(?:you|he|she|they) (?:think|reckon|figure|believe|suppose|imagine|guess|feel|sense)"
WHY_WORLD = Cue(
    rf"\bwhy (?:do|did|might|is it|was it) {_YOU_THINK}\b|\bin your (?:view|mind|eyes|opinion)\b",
    rf"\b(?:do|would) {_YOU_THINK}\b|\byou (?:think|reckon|figure) $",
    r"\bwhy (?:is|was|does|would|might) (?:\w+ ){1,4}(?:important|matter"
    r"|significant)\b",
)
WHY_YOU = Cue(
    r"\bwhy (?:on earth |in the world |the hell )?(?:did|do|are|were|is|was|have|had|has|would"
    "|could|should|must|can|will)(?: not)? (?:you|your|we|i|nobody|no one|naebody|it not"
    r"|they not|there no|there not|anyone not|somebody not)\b",
    r"^ why (?:you|your)\b|\bfor (?:what|which) reason (?:do|did|are|were|have|is)\b|^ for why\b",
    r"\bhow come\b|\bhow on earth\b|^ whatever (?:for|made|possessed)\b|^ and why not\b"
    r"|\bwhat reason (?:did|do|have|had) you\b|\bwhat (?:on earth )?possessed\b|\bon what grounds\b"
    r"|\bwhat were you (?:thinking|at|doing|playing)\b",
    r"\bhow (?:is|was) it possible\b|\bhow is it (?:happen|that you (?:have|did|do|are|can) not)\b",
    r"^ why (?:on earth|in the name|in god|else|ever)\b|\bhow (?:could|can|did) you (?:not|even"
    r"|let|manage to (?:lose|miss|forget)|forget|miss|possibly|allow|lose)\b",
    r"\bwhat (?:is|was) the (?:reason|thinking|logic|excuse) (?:for|behind|in)\b",
    r"\b(?:explain|tell me) (?:to me )?why (?:you|it|the|we|this|that)\b",
    r"\bhow did (?:it|that|this) (?:get|come) to this\b",
    r"\bwhat is (?:your|the) excuse\b|\bwhat did you (?:\w+ ){1,3}(?:that|it|this|him|her"
    r"|them) for $",
)
BLAME = Cue(
    r"\bnot\b|\bstill\b|\bno\b|\bnobody\b|\bnever\b|\bonly\b|\bagain\b|\blate\b|\bwithout\b",
    r"\bpossessed\b|\bwere you (?:thinking|at|playing)\b|\bhow (?:could|did) you\b|\bon earth\b"
    r"|\bexcuse\b|\blet (?:the|it|them|him|her|that|go)\b|\binstead of\b|\balready\b|\bname of\b"
    r"|\bfail\w*\b|\bmiss\w*\b|\blose\b|\bforg[eo]t\b|\bcareless\b|\bwrong\b|\bputting off\b"
    r"|\bnerve\b|\bskip\w*\b",
)
SPECIFIC = Cue(
    r"^ (?:and )?(?:who|whose|whom)\b|^ when\b|^ (?:by|since|until|from|at|on|in) (?:when|which"
    r"|what)\b",
    r"\bhow (?:many|much|often|long|far|old|big|soon|late|large|tall|wide)\b",
    r"\bwhat (?:time|day|date|number|price|percentage|year|month|week|size|name|page|figure|rate"
    "|budget|colour|color|discount|volume|quarter|version|model|address|amount|margin|deadline"
    r"|title)\b",
    r"\b(?:what|where) (?:is|was|are|were) (?:the|your|his|her|their|our|its|that"
    r"|my) (?:\w+ ){0,3}(?:number|name|date|figure|price|deadline|score|rate|margin|budget"
    "|volume|total|value|cost|target|time|address|title|size|quota|discount|count|length|term"
    r"|cap|fee|spend|split|office|called)\b",
    r"\bwhich (?:day|one|two|three|four|page|month|week|quarter|bank|firm|client|account|site"
    r"|branch|of (?:them|those|these)|date|\w+s)\b|^ which \w+ $",
    r"\bwhere (?:is|was|are|were|did|does|do) (?:he|she|they|it|the|that|his|her) .*(?:based"
    r"|live|sit|meet|office|held|from|keep|kept|sign)\b",
    r"\bwhat (?:is|was) .* called $|\bwhat did (?:we|they|you|he|she) (?:quote|charge|pay|lose"
    r"|close|sell|bid|price|offer|order|spend|bill)\b|\bwhat are (?:they|we|you|he) paying\b",
)
DEGREE = re.compile(
    r"\bhow much (?:of (?:a|that|this|it)|do you (?:want|care|trust|believe|like|mind)"
    r"|does (?:it|that) (?:matter|bother|worry)|would)\b|\bhow (?:far|long|often) (?:would|could"
    r"|might|are you willing)\b|\bwhich (?:way|part|bit|side|of (?:those|these|them) (?:feels?"
    r"|sounds?|is|matters?|sits?))\b|\bwhen (?:you|they|he|she|it|the)\b"
)
SCALE = re.compile(
    r"\b(?:one|nought|zero|naught|1|0) to (?:ten|five|10|5|\w+)\b|\bout of (?:ten|five|10|5"
    r"|a hundred)\b|\bon a scale\b|\bscale (?:of|from)\b|\bwhat percent\b"
)
CHECK = re.compile(
    r"\b(?:have|did) i (?:got|get|hear|understood|understand|read)\b|\bis that (?:right|it|fair"
    r"|near|close|how|what|about)\b|\bam i (?:right|hearing|close|near|reading|following"
    r"|understanding)\b|\bdoes that (?:sound|feel|seem|fit|capture|match|ring|make sense|sum"
    r"|cover|land)\b|\bdo i have (?:that|it|you)\b|\bis (?:it|that) near\b"
)
_FEELING = (
    r"(?:afraid|scared?|scaring|frighten\w*|fear\w*|intimidat\w*|ashamed|embarrassed"
    r"|angry|jealous|threatened|insecure|guilty|lonely|panick\w*)"
)
_HIDES = r"(?:avoid\w*|hid(?:e|es|ing|den)|lazy|resent\w*|sulking|dodging|punish\w*)"
FAULT = re.compile(
    rf"\b{_HIDES}\b|\bcareless\w*\b|\bexcuses?\b|\bput (?:him|her|them) off\b|\bgo(?:ne"
    r"|ing)? wrong\b|\blose (?:your|the|control)\b|\byour nerve\b|\bfail\w*\b|\bmistakes?\b"
    r"|\bmess\w*\b|\bmiss(?:ed)?\b|\bput (?:his|her|their) back up\b|\bputting off\b"
    r"|\bbehind (?:all )?(?:the|this|that)\b|\bdown to (?:you|how you|your)\b|\bgive up\b"
    r"|\bgiving up\b|\bblow it\b|\bblew\b|\bweak\w*\b|\blet (?:it|them|him|her|the)\b"
    r"|\bbreak(?:s|ing)? down\b|\bwithout\b|\boff the ball\b|\beye off\b|\bnot (?:bother|checked"
    r"|read|done|called|ready|prepared)\b|\bforgotten?\b|\bforgot\b|\bneglect\w*\b"
)
PRESUPPOSES = Cue(
    rf"\bwhat (?:is|was|are|were) (?:it (?:about|that)|you|he|behind)\b.*\b(?:{_FEELING}"
    rf"|{_HIDES})\b",
    rf"\bwhat (?:are|were) you (?:so |really |actually )*(?:{_FEELING}|{_HIDES})\b",
    r"\bhow much of (?:that|this|it|the)\b.*\b(?:down to|because|you|your)\b",
    r"\bwhat is (?:really|actually) behind\b|\bwhat is behind your\b",
    r"\b(?:what|when|where|how|why) (?:did|do|does|has|have|is|are) (?:you|your)\b.*\b(?:lose"
    r"|wrong|miss|careless|put .* back up|nerve|let|fail|mess|break)\b",
    r"\bwhat does (?:it|that|this) (?:tell|say to|teach) you\b.+\bthat\b",
    r"\bwhen (?:were you (?:going|planning|meaning)|did you (?:stop|give up))\b",
    rf"\bhow (?:{_FEELING}|{_HIDES}) (?:are|were|is|was) (?:you|he|she)\b|\bwhat did you (?:miss"
    r"|do to (?:him|her|them|it|that|the|this|your)|do wrong)\b",
    r"\bhow many\b.*\b(?:not|without|miss\w*|fail\w*|lost|wast\w*)\b"
    r"|\bhow long have you (?:been )?(?:putting|avoid\w*|hid\w*|let\w*)\b",
    r"\bwhat did (?:he|she|they|you) (?:say|do) .* that (?:made|put|upset)\b",
)
LEADING = Cue(
    r"\bwould (?:not )?you (?:not )?(?:agree|admit|accept|concede)\b|\bdo not you (?:agree|see)\b"
    r"|\bdo you (?:not )?(?:admit|concede|not see)\b"
    r"|\byou would (?:agree|admit|have to admit|say|accept)\b|\bcan we agree\b|\bwe can agree\b"
    r"|^ you can see\b",
    r"\bwould it be fair to say\b|\bis it (?:not )?fair to say\b|\bsurely\b|\bto be (?:fair"
    r"|honest)\b",
    r"\b(?:is|was|are|were|has|have|did|does) not (?:it|that|this|the|what|there|he|she|they|you"
    r"|your)\b",
    r"\b(?:have|did|were|are|do) not (?:you|we)\b|\b(?:do|did|are|were|have) you not (?:think"
    r"|see|feel|know|realise|realize|notice|worry)\b",
    r"\bis (?:this|it|that) (?:not )?(?:really|actually|maybe|perhaps|just) (?:about|that|your"
    r"|you|the)\b",
    r"\byou must (?:be|have|feel)\b|\bare you (?:just |maybe |really )*(?:afraid|scared|avoiding"
    r"|hiding|frightened|more afraid)\b|\bis it (?:that|because) you\b"
    r"|\bor is it that you\b",
    r"\byou will have\b|\b(?:you|we) all know\b|\bas (?:we|you) (?:both |all )?know\b",
    r"\bcould it be (?:that )?(?:you|your)\b",
)
RHETORICAL = Cue(
    "^ (?:and |sure )?who (?:(?:would|does|could|has|do|is) not|would|among|in (?:god's|the)"
    r"|else (?:would|is|but)|ever|has ever|on earth|am i|are we|doesn't)\b(?!.* (?:help|support"
    "|tell|sign|involved|join|decides?|need))",
    r"\bhow (?:hard|difficult|complicated) (?:can|could) (?:it|this|that)\b|\bhow (?:stupid|blind)"
    r" (?:can|could|do) \w+\b|\bhow (?:many times|often) (?:must|have|do) (?:i|we)\b",
    r"\b(?:do|did|have|am|must|should) i (?:look|have to|need to|say|not|really|been|got to|ask"
    r"|stutter|seem|sound)\b|\bwhat am i\b|\bwho am i\b|^ (?:do )?you think i\b"
    r"|\bwhat are we (?:even|running|paying|here)\b|\bwho are we to\b|\bhow many times (?:do"
    r"|have|must|did) (?:i|we)\b",
    r"\bwhat (?:is|was|would be) (?:the|even the) (?:point|use) (?:of|in|then|$)|\bwhat (?:did"
    r"|do) you expect\b(?! (?:to|from|will|would|he|she|they|them|him|her)\b)"
    r"|\bwhat else (?:is new|did (?:you|we) expect|(?:could|would|was|am|did) (?:i|we))\b"
    r"|\bwhat good (?:is|will|would|does|did)\b",
    r"\bare you (?:serious|joking|kidding|having me|for real)\b|\bseriously $"
    r"|\byou are (?:kidding|joking)\b|\bis (?:this|that) (?:a|some) (?:joke|game|charity)\b"
    r"|\bdo you even\b|\bdo they (?:even|no|not)\b|\bwhat world\b"
    r"|\bwhere would we be\b|\bin what (?:world|universe)\b",
    r"\b(?:rocket|brain) (?:science|surgery)\b|\bis the pope\b|\bdo bears\b|\b(?:was|is|are"
    r"|has) (?:there) (?:always|a single)\b|\bnot there always\b|\bdo not they all\b"
    r"|\bis there ever\b",
    r"\bwho (?:ever|has ever|cares|does that|told (?:him|her|them|you) to)\b|\bdo not answer\b"
    r"|\bwould have thought\b"
    r"|\bis it (?:any )?wonder\b|\bwhat do we (?:even|pay)\b|\bhow do we not\b"
    r"|\bisn't that (?:nice|lovely|great)\b",
)
TALK_ACTS = re.compile(
    r" ?(?:if (?:i|we) |to |for us to )?(?:just )?(?:talk (?:it|that|this|about|through|some more)"
    r"|think (?:it|that|this|out loud|aloud|about (?:it|that|this))|look at (?:it|that|this)"
    r"|go (?:through|over|back to) (?:it|that|this|what|how)|unpack|explore|discuss|pause"
    r"|slow down|step back|come back to|stay with|say (?:more|it)|rehears|practi[cs]e (?:it|that"
    r"|this|here))\b"
)
"""What the two of them might do in this talk; offering it is no advice about the work."""
FEELING = re.compile(rf"\b{_FEELING}\b")
"""Feelings that are the person's to name; taken for granted they lead, but they are no fault."""
WHY_SUGGESTS = re.compile(
    r" why (?:do|would) not (?:you|we)\b(?! (?:think|know|want|like|feel|believe|trust|have|ever"
    r"|seem|get)\b)"
)
"""A suggestion in the form of a why: "why don't you just…"."""
JUDGEMENT = re.compile(
    r"\b(?:rushed|weak|bad|poor|wrong|lazy|sloppy|slow|cheap|silly|stupid|desperate|obvious\w*"
    "|better|worse|best|worst|too|not really|more or less|just|kind of|a bit|bit of|real|whole"
    "|only|hardly|barely|never|always|nobody|everybody|enough|mistake|mess|waste|dead|problem"
    r"|should\w*|must|ought|need|soft|hard|fair|easy|difficult|good|great|polite|stale|cold"
    r"|light|thin|late|let|trained|avoid\w*|hid\w*|scared|afraid|avoiding|cowardly|ought|looks?"
    r"|feels?|seems?|sounds?|agree|say)\b"
)
"""Words that judge; on them a tag asks for agreement rather than for a fact."""
