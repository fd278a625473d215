"""Cues for the listening, telling and process labels (rubric 3; boundary rules 6, 7, 11, 14-19, 22)."""

from __future__ import annotations

import re

from trainer.scoring.evidence import Votes
from trainer.scoring.reading import Reading
from trainer.types import Label


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives))


ACTIONS = frozenset(
    """
    add agree aim answer apply arrange ask assume attach avoid back bag bet bin block book bring build
    buy call cancel carry catch change chase check choose clean clear close collect come commit compare
    confirm copy correct count cover cut decide deliver demo dig ditch do double draft draw drive drop
    dump edit email enter escalate expect explain fetch figure file fill find finish fix focus follow
    forget forward get give go grab hand hang hit hold host include introduce invite join jot jump keep
    knock know lay lead learn leave lead let line link list listen load lock log look loop lose mail make
    mark meet mention message move name note offer open order pack park pay phone pick pin plan point
    pop post practise practice prepare present press price print promise pull push put quit quote raise
    reach read record remember remind remove reply report research reset return revert review ring roll
    run say schedule scrap screenshot sell send set shadow share shoot shorten show shut sign sit skip
    slack slow smile sort speak spell spend split stand staple start state stay stick stop strip submit
    switch take talk tell text thank think throw tidy tie title trade trial trim trust try turn type
    update upload use visit wait walk watch wear work write revise map paper circle nail quit treat
    notify validate rehearse ping dial knock swap bundle
    """.split()
)
"""Base forms that open an order about the work."""

_POLITE = r"(?:(?:please|kindly|just|then|now|so|also|always|never|go and|go|first|simply|at least|away and|mind and|mind you) (?:, )?)*"
_IMPERATIVE = re.compile(rf"^ {_POLITE}(?:do not )?(?P<verb>\w+)\b")
_LATER_IMPERATIVE = re.compile(
    r"(?: , | , and | and then | then | and | but )(?P<verb>\w+) (?:\w+)"
)
_NOT_IMPERATIVE_AFTER = frozenset("is was are were would will of has sounds seems and".split())
_OBJECTS = frozenset(
    "the a an it them him her that this these those me us your his their our my every each all up out in"
    " on off to for back down with no one two three at before by until some into over away from and"
    " yourself both any get it straight after today now there".split()
)
KIND_IMPERATIVE = _any(
    r"^ (?:please )?(?:take (?:your time|a (?:breath|seat|minute|moment)|care|it easy|the weight)|sit (?:down"
    r"|yourself)|come (?:in|on in|here)|grab a|have a (?:seat|good|great|nice|lovely|think|drink)|relax|hang"
    r" on|hold on|wait|go on|mind the|cheer up|do not (?:worry|mind|apologise|apologize|panic|be sorry|be daft)"
    r"|no rush|get (?:some|yourself|your)|make yourself|pull up|buckle up|give me a (?:sec|second|minute|moment)"
    r"|bear with|let me (?:just )?(?:get|find|think|grab|sit|see|put|close|finish|turn)|say hello|give my"
    r"|forgive me|excuse me|ignore (?:me|the|that)|shut the door|close the door|enjoy|go home|rest|breathe|eat"
    r"|go (?:and )?get (?:your|a|some|yourself)|off you go|safe)\b"
)

DIRECTION = _any(
    r"\bi (?:want|need|would like|will need|expect|am going to need|require|would love|would want) (?:you|him"
    r"|them|her) to\b(?! (?:know|feel|think|say|tell|choose|decide|have|be the one|pick|take from))",
    r"\bi (?:want|need|expect|will have|will expect|will want|would like) (?:the|it|that|a|an|your|those|to see"
    r"|to have|every|all|two|three|four|five|six|ten|\d+) .*\b(?:by|on|before|every|tomorrow|tonight|today|monday"
    r"|tuesday|wednesday|thursday|friday|first thing|morning|noon|copy|list|dates?|numbers?|off you)\b",
    r"\byou (?:are going to|are to|need to|have to|have got to|must|will have to|will need to|had better"
    r"|will (?:call|ring|send|get|do|have|be|go|give|bring|put|write|ask|tell|make|take))\b(?! \w+ed\b)",
    r"\b(?:can|could|will|would|do) you (?:please |just |kindly |also )*(?:mind )?\w+.*\b(?:for me|by (?:the|to"
    r"|mon|tues|wed|thurs|fri|noon|five|four|three|six|nine|close|end|lunch)\w*|please|tonight|this afternoon"
    r"|before (?:you|he|she|lunch|noon)|today|for us)\b",
    r"\bif you (?:could|would|can) (?:just )?(?:\w+ ){1,10}(?:that would|would be|i would|please)|\bi would be"
    r" (?:ever so |very |so |really )?(?:grateful|obliged)\b|\bthanks in advance\b",
    r"\bit would be (?:good|lovely|great|nice|helpful) if (?:the|you|it|i|that|this)\b|\bmake sure\b|\bsee to"
    r" it\b|\bsee that\b|\bbe (?:in|at|on|there|ready|back|a good)\b.*\b(?:before|by|tomorrow|morning|and)\b",
    r"^ (?:next|from now on|going forward|from (?:today|tomorrow|monday))\b|\bno more \w+ing\b|\bnot later than\b"
    r"|\bi will (?:have|see|want|need|expect) (?:the|it|that|a|an)\b|\bcopy (?:me|in)\b|\bcc me\b",
    r"^ (?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|tonight|today|by|\w+ by|on my desk|first thing)"
    r" .*(?:then|it is|o'clock|am|pm|and|by|latest|noon|sharp|six|five|four|three|two)\b",
    r"\b(?:on|to) my desk\b|\bin my inbox\b|\bby (?:close of|end of) (?:business|play|day)\b|\bis to be\b",
    r"\byou could (?:do|get|have) (?:that|it) .*(?:for me|to me|then)\b|\bwe would like to see\b",
)
_ADVICE = _any(
    r"\bi would (?:not |just |probably |maybe |definitely |also |still |certainly |personally |always |never"
    r" |be inclined to |be tempted to |start by |only |say , |think about )*(?!(?:be|like|love|say|want|rather"
    r"|agree|imagine|guess|expect|need|hate|appreciate|call that|be curious|have (?:been|thought|said|liked|loved|to))\b)\w+",
    r"\bif i (?:was|were) (?:you|in your)\b|\bin your (?:shoes|place|position|boots)\b|\bif it (?:was|were) me\b"
    r"|\bwere i you\b|\bfor my money\b|\bif you ask me\b|\bi would be \w+ing\b",
    r"\byou (?:could|might|should|ought to|may)(?: just| maybe| perhaps| also| even| not)? (?!have\b|be right|be able|feel|say|not like)\w+"
    r"|\byou (?:will|would|may|might) want\b|\byou would (?:be|do) (?:better|well|wise|as well|worth|smart)\b",
    r"\byou (?:are|would be|will be) better (?:off)?\b|\b(?:better|best) (?:to|you|just|off|if you)\b|\bthe best"
    r" (?:move|thing|way|bet|route|plan|option|idea)\b|\bthe (?:trick|key|secret|answer|thing to do|move|way in)"
    r" is\b|\bwhat (?:works|i would do|i do|usually works|you want)\b",
    r"\bmy (?:advice|suggestion|tip|recommendation|instinct|vote|steer|two cents) (?:is|would)\b|\bi (?:would )?"
    r"(?:suggest|recommend|advise|propose)\b|\b(?:one|another|an) (?:option|way|route|idea|thought|approach|thing"
    r" you)\b|\btwo (?:ways|options|routes|roads)\b",
    r"\b(?:it is|it might be|it would be|it may be|might be|is|would be) worth \w+ing\b|\bworth (?:a|an|\w+ing)"
    r"\b|^ (?:maybe|perhaps|try|consider|always|never|think about)\b|\btry (?:\w+ing|to|a|the|and)\b",
    r"\byou (?:got to|want to) (?!know\b)\w+|^ then you \w+|\byou can always\b|\bthere is always the\b|\beither"
    r" you\b|\b\w+ing .* (?:beats|works better|goes further)\b|\b(?:smart|smarter|safer|quicker|simplest|easier)"
    r" (?:move|thing|way|to|play)\b|\b(?:would|might) be (?:the one|my)\b",
)
PRESSURE = _any(
    r"\b(?:should|could|ought to|might) (?:not |at least |really )?have\b|\bshould not be\b",
    r"\bif (?:you|this|that|it|we|the|they|he|she)\b.*(?:\bon you\b|\byour (?:head|fault|name|job|neck)\b|\bwill"
    r" (?:not|have to|be|lose|go|find|get)\b|\bwe might as well\b|\bi can not\b|\bi am not\b|\bas good as\b"
    r"|\bit is (?:our|my|your)\b|\bgone\b|\bdone\b|\bi ain't\b)",
    r"\bor else\b|\botherwise (?:we|you|i|it|the)\b|\bon your (?:head|watch|neck|plate)\b|\byour fault\b|\bit is"
    r" on you\b|\bdown to you\b|\byour name on\b|\bname on (?:it|the|a)\b|\bcover(?:ing)? (?:for )?you\b",
    r"\b(?:everyone|everybody) else\b|\bno ?body else\b|\bthe rest of (?:us|the team|them|you)\b|\bother reps\b|\bhalf"
    r" the team\b|\byour (?:colleagues|peers)\b|\bthe others\b|\bbottom of the\b|\b(?:behind|under|below) (?:target"
    r"|plan|quota|number)\b|\brookie\b|\blast (?:fella|guy|man|rep|person) (?:who|that|to)?\b",
    r"\b(?:let|letting) (?:me|us|the team|everyone|it|him|them) (?:down|slip|drift|slide|rot)\b|\bdisappoint\w*\b|\bnot"
    r" good enough\b|\bunacceptable\b|\bexcuses?\b|\blook bad\b|\bembarrass\w*\b|\bashamed\b|\bno use to\b|\bsloppy\b"
    r"|\blazy\b|\bcareless\b|\bpathetic\b|\bamateur\w*\b|\bmug\b|\bnonsense\b|\brubbish\b|\bdoormat\b",
    r"\bi (?:can not|do not|will not|am not|have never|have not) (?:want|wanna|pay|have|hear|need|afford|going|"
    r"accept|defend|carry|keep|lose|be)\b|\bwe (?:can not|do not) (?:afford|lose|have|let|pay)\b|\bi (?:already|have)"
    r" (?:told|rolled|promised|been saying|said|heard)\b|\bi have been saying\b",
    r"\b(?:you|we|they|he|she|it) (?:never|always)\b|\byou (?:can not|can hardly|keep|only ever|just keep|still have"
    r" not)\b|\bthat is (?:how|why|what) (?:people|we|you|deals|reps)\b|\bthere (?:is|will be) no\b|\bthe partners\b"
    r"|\bget(?:s)? noticed\b|\bhead office\b|\bbonus\w*\b|\bjobs?\b|\bcareer\b|\bpip\b|\bmortgage\b|\bquarter\b",
    r"\bis not (?:going to|enough|a plan|an answer|how)\b|\bhow (?:people|accounts|deals) (?:end|get|die|go)\b|\btoo"
    r" (?:late|slow|soft|long|comfortable|nice|many)\b|\bthe truth is\b|\bfrankly\b|\bwaiting to happen\b|\bno (?:way|"
    r"chance|room)\b|\bi (?:expected|thought|hoped|counted|was counting|trusted|stuck my neck)\b",
    r"^ (?:you (?:let|left|gave|lost|missed|forgot|failed|walk|sat|dropped|blew|wasted|did not|have not|are not|do not|"
    r"have let|have left|have lost|have been|tiptoe|have had))\b|\bnot one of\b|\bwarned\b|\bwarning\b",
)
REFLECTION = _any(
    r"\b(?:it )?(?:sounds|seems|looks|feels) (?:like|as if|as though|to you|that)\b|\bi (?:am hearing|hear|sense|get"
    r" the sense|can hear)\b|\bwhat you are saying\b|\byou are saying\b|\bin other words\b|\bif i (?:hear|understand)\b",
    r"\byou (?:feel|felt|are feeling|were feeling|want|wanted|wish|would like|would rather|need|care|worry|fear|hope|like"
    r"|hate|are (?:worried|torn|afraid|scared|angry|proud|stuck|tired|hoping|looking|wondering|sure|not sure|unsure"
    r"|frustrated|caught|fed up|ready|thinking|leaning|sick|weighing|carrying|trying))\b",
    r"\byou (?:said|mentioned|told me|called it|used the word|were saying|described)\b|\bfor you (?:it|that|this)\b|\bto you"
    r" (?:it|that)\b|\bpart of you\b|\bone (?:side|half|part) of you\b|\bmore than\b|\bas much as\b|\bnot so much\b"
    r"|\bon (?:the )?one hand\b|\bon top of\b|\bmatters to you\b|\bthat (?:hurt|stung|bothers you|worries you|frightens)\b",
)
_AFFIRMATION = _any(
    r"\b(?:well done|good (?:call|work|job|on you|for you|thinking|instinct|man yourself|lad|lass|spot)|nice (?:work|one|job)"
    r"|hats off|fair play|credit to you|proud of|impress\w*|kudos|bravo|great (?:work|job|instinct|question|call))\b",
    r"\bi (?:really |do |honestly )*(?:like|liked|admire|admired|appreciate|appreciated|respect|love|loved|noticed) (?:how|that"
    r"|the (?:way|fact)|what) (?:you\b|you have)?",
    r"\b(?:takes|took|taken) (?:some |real |a lot of |proper |a bit of )*(?:guts|courage|nerve|neck|bottle|patience|skill|care"
    r"|discipline|doing|spine|honesty|bravery)\b",
    r"\bthat (?:is|was) (?:a |an |some |real |proper |very |really |pretty |quite |so |such )*(?:\w+ )?(?:brave|honest|hard|quick"
    r"|graft|skill|rare|smart|sharp|clever|cleverer|kind|generous|impressive|work|shift|care|thoughtful|craft|not (?:common|easy"
    r"|nothing|luck)|insight|judgement|judgment|instinct|move|discipline|you \w+ing|you having)\b",
    r"^ (?:see , )?you (?:have |had |just |really |did |have just |already )*(?:kept|noticed|stuck|turned up|stayed|held|spotted|caught"
    r"|built|rang|called|took|read|thought|named|picked|put|saved|fixed|earned|handled|practi[sc]ed|prepared|listened|heard|came|told"
    r"|asked|worked out|clocked|made|found|went|finished|learned|learnt|got|wrote|drove|owned|protected|brought|stood|looked"
    r"|walked|counted|chose|waited|remembered|stopped|managed|turned|won|set)\b",
    r"\b(?:most (?:reps|people|folk)|not (?:many|everyone)|half the|few people|nobody (?:told|taught|asked)|no one asked|without (?:being"
    r"|anyone|once|any)|never once|on your own|by yourself|before (?:anyone|anybody|i)|better than|all the same|even (?:though|when)"
    r"|when (?:you|others) could|and you (?:still|never|did)|could have just)\b",
)
AUTONOMY = _any(
    r"\b(?:it is |that is |that one is |this is )?(?:entirely |wholly |really |all |totally |completely )*your (?:own )?(?:call|decision"
    r"|choice|shout|road|business|judgement|judgment|move to make|pick)\b|\bup to you\b|\bdown to your\b",
    r"\b(?:it|that|this|which|she|he|one|they) (?:is|are|stays|was) (?:entirely |still |all |fully )*your(?:s)?\b(?! (?:half|hour|time|thirty|twenty|show|agenda|session|\w+ minutes|own time|meeting|fault|job|number"
    r"|turn|problem|weekend|name|own fault|patch ,))|\byours to\b|\b(?:is|are) for you to\b|\ba matter for yourself\b|\bin your hands\b",
    r"\byou (?:decide|choose|pick|judge|please yourself|work out|own|will (?:know|judge|decide|carry|see)|can (?:say no|decline|choose|turn"
    r"|always say no)|get to (?:decide|choose|say)|run it|do not (?:have|need) to|are free|are the (?:one|judge|expert)|be the judge)\b",
    r"\byou know (?:her|him|them|this|these|that|your|the|it|\w+) (?:\w+ ){0,3}(?:better|best)\b|\byou know (?:the|her|him|them) \w* ?(?:and|,)"
    r" i\b|\byou have (?:met|been|sat|seen|got the|had).* i (?:have not|have|only|was)\b|\bbetter than i do\b|\byou know best\b",
    r"\b(?:whatever|whichever|whenever|however|either way|either one|any way) (?:you|is|works|suits|i|it)\b|\bsuit yourself\b|\bas you (?:like"
    r"|see fit|wish|please|want)\b|\bwhat(?:ever)? (?:suits|fits|works for) you\b|\bsee what fits\b|\bif you (?:want|like|fancy|prefer) $",
    r"\b(?:i will|i would) (?:back|support) (?:you|it|that|whatever|either)\b|\btake it or leave it\b|\btake or leave\b|\buse it or\b|\bneither"
    r" (?:may|might|has to|one)\b|\bmight not (?:suit|fit|be you)\b|\bno (?:wrong|right) answer\b|\bonly you\b|\bnobody (?:but|else)\b.*\byou\b"
    r"|\b(?:is|'s|are) (?:\w+ ){0,2}(?:optional|allowed|fine (?:by|with) me|all right by me)\b|\bown (?:way|conscience|time|reasons|judge)\b"
    r"|\byour (?:diary|reasons|way|conscience|own way)\b|\b(?:your|own) way $|\bhow you (?:see|like|want|feel) it?\b|\bwhoever you\b|\bwherever"
    r" you\b|\bin whatever order\b|\bdo what you (?:feel|think|like|want)\b|\b(?:leave|leaving|hand|handing) (?:\w+ ){1,3}to you\b|\bnot going"
    r" to (?:chase|argue|push|pick|tell you)\b|\bcosts you nothing\b|\bdoes not have to be\b|\bunless you want\b|\byou(?: would| will)? be the judge"
    r"\b|\byou (?:steer|sort|two sort)\b|\b's yours\b|\byou are the one (?:who|that|he|she|they|with)\b|\b(?:it|that) is you (?:who|that)\b|\byou"
    r" know \w+ and i\b|\b(?:happy|fine|good) (?:with )?(?:whichever|either|whatever)\b|\bwhether you .* is (?:between|for|up|your)\b|\bno wrong way\b"
    r"|\bthat is (?:for )?you(?:rs)? to\b|\bif you do not , do not\b|\bor not at all\b|\bwithin your rights\b|\bfor you to (?:settle|say|decide"
    r"|weigh|judge|choose)\b|\b(?:leave|leaving) (?:it|that|you|the \w+) (?:with|to|be)\b",
)
STORY = _any(
    r"\bwhen i (?:was|had|did|started|sold|ran|first|joined|worked|covered|used)\b|\bback (?:when|in|then)\b|\byears ago\b|\bin my (?:day|first"
    r"|last|own|time|early|twenties|thirties|old)\b|\b(?:i|we) (?:once|used to)\b|\bi (?:have )?once\b|\bmy (?:first|old|mom|mum|dad|wife|father"
    r"|mother|last boss|brother) \b|\bi remember\b|\byear one\b|\bthe first time\b|\bfirst (?:week|year|month|job|august)\b|\bi had (?:a|an|one|the same"
    r"|this|mine)\b|\bone time\b|\bin (?:nineteen|oh|two thousand|ninety|eighty|'?\d\d\b|(?:19|20)\d\d)\b|\bi did (?:that|it|the same)\b|\bi (?:lost|closed"
    r"|sold|quoted|gave|hid|fed|paid|took|backed|bought|sat|cut|was|went|made|called|got|tried|kept|learned|learnt|spent|thought|blew) \w+",
)
_STORY_FRAME = re.compile(
    r"\bwhen i (?:was|had|did|started|sold|ran|first|joined|worked|covered)\b|\byears ago\b|\bi (?:once|used to)\b|\bin my (?:day|first|own|early)\b"
    r"|\bback (?:when|in)\b|\bi remember\b|\bmy first\b|\bi had (?:a|one|the same)\b|\bone time\b|\bonce\b|\bi did (?:that|it)\b"
)
_PAST_I = re.compile(r"\b(?:i|me|my|we)\b")
_I_DID = re.compile(
    r"\b(?:i|we) (?:once |just |only |even |never |then )?(?:had|was|were|did|\w+ed|sent|ran|let|made|wore|threw|carried|went|got|gave"
    r"|took|sold|lost|came|told|met|held|wrote|drove|spent|built|fell|kept|left|cut|put|won|stood|sat|rang|spoke|bought)\b"
    r"|\b(?:my|our) (?:\w+ )?(?:was|had|did|used|came|let|\w+ed)\b"
)
_SO_YOU = re.compile(
    r"^ (?:(?:okay|right|and|well) )?so (?:you|your|it|that|there|for you|part of you)\b(?! (?:will|should|need|must|have to|got to|could|ought"
    r"|had better|go|call|ring|send|get|take)\b)"
)
_FIGURE = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|hundred|thousand|half"
    r"|first|second|third|per ?cent|january|february|march|april|may|june|july|august|september|october|november|december|monday"
    r"|tuesday|wednesday|thursday|friday|week|weeks|month|months|year|tomorrow|christmas|easter)\b"
)
_YOU_ACT = re.compile(
    r"^ (?:then |so |better |and |and then |if [\w ]+? )?you (?:just |please |will |two |only )?(?P<verb>\w+) (?:the|a|an|it|them|him|her"
    r"|that|this|those|me|us|your|his|their|our|back|with|to|up|out|by|before|on|in|for|one|\w+day)\b"
)
_NOT_STORY = re.compile(
    r"\bi (?:was|got|thought|took|made) (?:just |only )?(?:thinking|wondering|hoping|going|you|asking|that you|to)\b"
)

FRAMING = _any(
    r"\b(?:\w+|\d+) (?:minutes|mins)\b|\bhalf (?:an |a )?hour\b|\ban hour\b|\bquarter of an hour\b|\btill (?:\w+ past|ten|noon|two|three|four)\b|\bhard"
    r" stop\b|\bi have (?:got )?(?:a|the|my|till|until|you till) (?:\w+ )?(?:at|meeting|call|train|\d|ten|nine)\b",
    r"\b(?:let us|shall we|we will|we can|can we|i thought we|we could|i would like to|i want to|i wanted to|i need to) (?:just |also |first |all )?(?:start"
    r"|begin|talk|move|park|leave|come back|switch|look|discuss|use|spend|cover|go (?:over|through|back|to)|open|turn|focus|do your|do the|role|review"
    r"|wrap|pause|stop|take|get to|come to|stay|pick|do (?:this|that|it|one)|chat|catch up|get through|have a word|level|do first)\b",
    r"\bagenda\b|\bcatch ?up\b|\bone to one\b|\bone-on-one\b|\breview\b|\bthis is (?:a|an|just|your|not|about|me) \b|\bswitch(?:ing)? hats?\b|\b(?:other|boss"
    r"|manager|coach\w*|mentor\w*) hat\b|\bi am not (?:coaching|here to)\b|\bwith my \w+ hat\b|\bboss me\b|\bmentor me\b|\bmy agenda\b|\bit is (?:all )?your"
    r" (?:show|time|half|hour|thirty|session|meeting|floor)\b|\bthe floor is yours\b|\byou drive\b|\bi only listen\b",
    r"\b(?:back|over) to (?:you|yours|what|your|that|the)\b|\bthat is (?:time|us|part|all we)\b|\bout of time\b|\bmoving on\b|\bnext (?:up|item|on)\b|\bbefore"
    r" (?:we|that|you|anything)\b.*\b(?:start|go|that|get|i)\b|\bfirst (?:of all|off|things|up|thing)\b|\bbut first\b|\bi will (?:ask|shut up|just listen"
    r"|stop|be (?:straight|quick|the|honest|playing)|play|note|say it plain|come back)\b|\bi called (?:it|this|you in)\b|\bthe topic\b|\bwhile (?:i have|we are)\b"
    r"|\bcan wait\b|\bin (?:two|three) parts\b|\bhere is (?:how|what i|the plan)\b|\bwe (?:said|agreed) (?:we|an|a|to)\b|\bi wanted a word\b|\byour time\b",
)
TAKEOVER = re.compile(
    r"\b(?:but )?first (?:off |up |of all )?\b.*|\bbefore (?:that|we do|you do|any of that|you start|we get to)\b|\bnever mind\b|\bforget (?:that|about)\b|\bin a"
    r" (?:sec|minute|second|bit)\b|\bwe will (?:get|come) (?:back )?to\b|\bpark (?:that|it)\b|\bleave that\b|\bthat is not what\b|\bwhile i have\b|\banother day\b"
    r"|\bcan wait\b|\bwhat i (?:want|need|really want)\b|\binstead\b|\bbut let us\b|\bi need .* first\b"
)
SOCIAL_WORDS = frozenset(
    """
    hi hello hey morning afternoon evening thanks thank you cheers ta bye goodbye okay right yes no sure
    mm hm huh uh ah oh wow ha haha lovely great nice good cool perfect brilliant excellent fine grand
    sorry welcome course of please congratulations god lord jesus christ fair enough true exactly got it
    i see all well now then so and hmm mhm mate son love pet pal friend dear man bless ouch damn shoot
    really indeed absolutely definitely amazing awesome fantastic wonderful copy noted agreed done deal
    alright hiya yo hola very much so much there for coming how are doing today is it that makes sense
    look listen anyway bud big dog sunshine everyone team what a day week weekend see later soon talk take care
    """.split()
)
_SOCIAL = _any(
    r"\b(?:thank you|thanks|cheers|sorry|apolog\w+|my (?:bad|fault|mistake)|congratulations|welcome|good (?:morning|afternoon|evening|night|to see)|nice to see"
    r"|take care|have a (?:good|great|nice|lovely)|see you|how are you|no (?:rush|worries|problem)|bless you|happy birthday|safe (?:travels|journey|drive))\b",
    r"\bi take (?:it|that) back\b|\bi (?:am|was) (?:so |really |very |doing it again|only |just )*(?:sorry|rambling|asking|joking|kidding|teasing|interrupting)\b"
    r"|\bgo on (?:then|,)?\b|\bcourse (?:you|we) can\b|\bfair (?:enough|point)\b|\bthat is (?:fair|fine|okay|all right)\b|\bbeen there\b|\bthat was (?:clumsy|bossy|me)\b",
)
_SLANT_VERDICT = re.compile(
    r"\b(?:should|deep down|know|knew|really|just|let|lost|gave away|wrong|fault|avoid\w*|hid\w*|excuse|instead of|time to|rather than|nobody|never|headed|admit"
    r"|realise|realize|learn\w*|lesson|which (?:tells|means|shows)|mistake|fail\w*|blame|weak|soft|lazy|enough|not (?:ready|prepared|worth|good))\b"
)


def is_order(reading: Reading) -> bool:
    """Say whether the clause is an imperative about the work."""
    match = _IMPERATIVE.match(reading.statement)
    if match is None or KIND_IMPERATIVE.search(reading.statement):
        return False
    verb = match["verb"]
    rest = reading.statement[match.end() :].split()
    if verb not in ACTIONS or (rest and rest[0] in _NOT_IMPERATIVE_AFTER):
        return False
    return not rest or rest[0] in _OBJECTS or rest[0] not in ("i", "you", "we", "they", "he", "she")


def orders_later(reading: Reading) -> bool:
    """Say whether an order comes after something else in the same sentence."""
    return any(
        match["verb"] in ACTIONS and match.group().split()[-1] in _OBJECTS
        for match in _LATER_IMPERATIVE.finditer(reading.statement)
    )


def is_offered_loosely(plain: str) -> bool:
    """Say whether the wording offers a suggestion as disposable."""
    return bool(
        re.search(
            r"\btake (?:this |it )?or leave\b|\bneither (?:may|might)\b|\bignore (?:this|me) if\b",
            plain,
        )
    )


def vote_statement(reading: Reading, votes: Votes) -> None:
    """Vote for what a segment that asks nothing does."""
    text = reading.statement
    words = reading.spoken.words
    _vote_process(reading, votes, text, words)
    _vote_steering(reading, votes, text)
    _vote_listening(reading, votes, text)
    _vote_telling(reading, votes, text)


def _vote_process(reading: Reading, votes: Votes, text: str, words: int) -> None:
    tokens = [token for token in reading.spoken.tokens if token != ","]
    known = sum(token in SOCIAL_WORDS for token in tokens)
    if not tokens:
        votes.add(Label.SOCIAL, 3.0)
    elif known == words and words <= 8:
        votes.add(Label.SOCIAL, 4.0)
    elif words <= 3 and not reading.table.echoes(tokens) and not is_order(reading):
        votes.add(Label.SOCIAL, 2.0)
    if _SOCIAL.search(reading.spoken.plain):
        votes.add(Label.SOCIAL, 2.2 if words <= 12 else 0.8)
    if KIND_IMPERATIVE.search(text):
        votes.add(Label.SOCIAL, 2.6)
    if FRAMING.search(text):
        votes.add(Label.FRAMING, 2.6 + (0.8 if reading.first else 0.0))
    if not reading.table.spoken_before and not reading.table.granted and words > 3:
        votes.add(Label.FRAMING, 1.1)


def _vote_steering(reading: Reading, votes: Votes, text: str) -> None:
    if is_order(reading):
        votes.add(Label.DIRECTION, 3.2)
    elif _YOU_ACT.search(text) and (bare := _YOU_ACT.search(text)) and bare["verb"] in ACTIONS:
        votes.add(Label.DIRECTION, 2.4)
        votes.add(Label.ADVICE, 1.2)
    elif orders_later(reading):
        votes.add(Label.DIRECTION, 1.6)
    if DIRECTION.search(text):
        votes.add(Label.DIRECTION, 2.4)
    if reading.tag in ("okay", "all right", "cool", "understood", "deal", "yes") and (
        votes.of(Label.DIRECTION)
    ):
        votes.add(Label.DIRECTION, 1.0)
    if _ADVICE.search(text):
        votes.add(Label.ADVICE, 2.6)
    if reading.table.asked and votes.of(Label.DIRECTION) > 0 and votes.of(Label.ADVICE) > 0:
        votes.add(Label.ADVICE, 1.0)
    hits = sum(1 for _ in PRESSURE.finditer(text))
    if hits:
        votes.add(Label.PRESSURE, 2.8 + 0.6 * min(hits - 1, 2))


def _vote_listening(reading: Reading, votes: Votes, text: str) -> None:
    if AUTONOMY.search(text):
        votes.add(Label.AUTONOMY, 3.0)
    if _AFFIRMATION.search(text):
        votes.add(Label.AFFIRMATION, 3.0)
    steering = max(votes.of(label) for label in (Label.DIRECTION, Label.ADVICE, Label.PRESSURE))
    room = max(0.0, 1 - max(steering, votes.of(Label.AUTONOMY), votes.of(Label.SOCIAL)) / 4)
    echoes = reading.table.echoes(reading.spoken.tokens)
    opens_so = reading.spoken.plain.startswith((" so ", " okay so ", " right so "))
    about_you = re.search(r"\b(?:you|your|yourself)\b", text)
    if REFLECTION.search(text):
        votes.add(Label.REFLECTION, 2.0)
    if opens_so:
        votes.add(Label.REFLECTION, 1.4)
    if _SO_YOU.match(reading.spoken.plain):
        votes.add(Label.REFLECTION, 1.4)
    if reading.table.spoken_before and not re.search(r"\b(?:i|me|my|we|our)\b", text):
        own = 0.7 * min(echoes, 3) + (0.9 if about_you else 0.0) + (0.6 if reading.first else 0.0)
        votes.add(Label.REFLECTION, room * (0.7 + own))


def _vote_telling(reading: Reading, votes: Votes, text: str) -> None:
    if STORY.search(text) and not _NOT_STORY.search(text):
        votes.add(Label.STORY, 2.6 + (1.2 if _STORY_FRAME.search(text) else 0.0))
    elif reading.before is Label.STORY and _PAST_I.search(text):
        votes.add(Label.STORY, 1.2)
    elif _I_DID.search(text) and not re.search(r"\byou\b", text) and reading.spoken.words >= 6:
        votes.add(Label.STORY, 2.0 + (1.2 if _STORY_FRAME.search(text) else 0.0))
    votes.add(Label.INFORMATION, 1.2)
    if reading.table.granted:
        votes.add(Label.INFORMATION, 1.2)
    if _FIGURE.search(text) and not re.search(r"\b(?:you|your|i|my)\b", text):
        votes.add(Label.INFORMATION, 0.8)
    if reading.before in _HARD_WORDS:
        votes.add(Label.PRESSURE, 1.6)
    if re.search(
        r"\bi (?:noticed|saw|heard|observed)\b|\bby the way\b|\bfor what it is worth\b|\bjust so you know\b",
        text,
    ):
        votes.add(Label.INFORMATION, 1.6)
    if re.search(
        r"\b(?:we|our|their|the|there) \b.*\b(?:per ?cent|percent|days|weeks|months|pounds|quid|\d+|each|every)\b",
        text,
    ):
        votes.add(Label.INFORMATION, 0.9)


_HARD_WORDS = frozenset(
    {
        Label.WHY_CHALLENGE,
        Label.LEADING_QUESTION,
        Label.RHETORICAL_QUESTION,
        Label.DIRECTION,
        Label.PRESSURE,
        Label.ADVICE_QUESTION,
    }
)
"""After one of these a plain statement more often presses the point than informs."""


def is_slanted(reading: Reading) -> bool:
    """Say whether a reflection adds a verdict or plan the person has not voiced (rule 6)."""
    verdict = _SLANT_VERDICT.findall(reading.statement)
    return any(reading.table.echoes([word]) == 0 for word in verdict)
