"""Wordings that show what a statement does; matched on the plain form (rubric 3)."""

from __future__ import annotations

import re

from trainer.scoring.cue import Cue

_POLITE = (
    "(?:(?:please|kindly|just|then|now|so|also|always|never|go and|go|first|simply|at least"
    "|away and|mind and|mind you) (?:, )?)*"
)
IMPERATIVE = re.compile(rf"^ {_POLITE}(?:do not )?(?P<verb>\w+)\b")
LATER_IMPERATIVE = re.compile(r"(?: , | , and | and then | then | and | but )(?P<verb>\w+) (?:\w+)")
KIND_IMPERATIVE = Cue(
    "^ (?:please )?(?:take (?:your time|a (?:breath|seat|minute|moment)|care|it easy"
    "|the weight)|sit (?:down|yourself)|come (?:in|on in|here)|grab a|have a (?:seat|good|great"
    "|nice|lovely|think|drink)|relax|hang on|hold on|wait|go on|mind the|cheer up"
    "|do not (?:worry|mind|apologise|apologize|panic|be sorry|be daft)|no rush|get (?:some"
    "|yourself|your)|make yourself|pull up|buckle up|give me a (?:sec|second|minute|moment)"
    "|bear with|let me (?:just )?(?:get|find|think|grab|sit|see|put|close|finish|turn)"
    "|say hello|give my|forgive me|excuse me|ignore (?:me|the|that)|shut the door"
    "|close the door|enjoy|go home|rest|breathe|eat|go (?:and )?get (?:your|a|some|yourself)"
    r"|off you go|safe)\b"
)
DIRECTION = Cue(
    r"\bi (?:want|need|would like|will need|expect|am going to need|require|would love"
    r"|would want) (?:you|him|them|her) to\b(?! (?:know|feel|think|say|tell|choose|decide|have"
    "|be the one|pick|take from))",
    r"\bi (?:want|need|expect|will have|will expect|will want|would like) (?:the|it|that|a|an"
    r"|your|those|to see|to have|every|all|two|three|four|five|six|ten|\d+) .*\b(?:by|on|before"
    "|every|tomorrow|tonight|today|monday|tuesday|wednesday|thursday|friday|first thing|morning"
    r"|noon|copy|list|dates?|numbers?|off you)\b",
    r"\byou (?:are going to|are to|need to|have to|have got to|must|will have to|will need to"
    "|had better|will (?:call|ring|send|get|do|have|be|go|give|bring|put|write|ask|tell|make"
    r"|take))\b(?! \w+ed\b)",
    r"\b(?:can|could|will|would|do) you (?:please |just |kindly "
    r"|also )*(?:mind )?\w+.*\b(?:for me|by (?:the|to|mon|tues|wed|thurs|fri|noon|five|four"
    r"|three|six|nine|close|end|lunch)\w*|please|tonight|this afternoon|before (?:you|he|she"
    r"|lunch|noon)|today|for us)\b",
    r"\bif you (?:could|would|can) (?:just )?(?:\w+ ){1,10}(?:that would|would be|i would"
    r"|please)|\bi would be (?:ever so |very |so |really )?(?:grateful|obliged)\b"
    r"|\bthanks in advance\b",
    r"\bit would be (?:good|lovely|great|nice|helpful) if (?:the|you|it|i|that|this)\b"
    r"|\bmake sure\b|\bsee to it\b|\bsee that\b|\bbe (?:in|at|on|there|ready|back"
    r"|a good)\b.*\b(?:before|by|tomorrow|morning|and)\b",
    r"^ (?:next|from now on|going forward|from (?:today|tomorrow|monday))\b|\bno more \w+ing\b"
    r"|\bnot later than\b|\bi will (?:have|see|want|need|expect) (?:the|it|that|a|an)\b"
    r"|\bcopy (?:me|in)\b|\bcc me\b",
    r"^ (?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|tonight|today|by|\w+ by"
    "|on my desk|first thing) .*(?:then|it is|o'clock|am|pm|and|by|latest|noon|sharp|six|five"
    r"|four|three|two)\b",
    r"\b(?:on|to) my desk\b|\bin my inbox\b|\bby (?:close of|end of) (?:business|play|day)\b"
    r"|\bis to be\b",
    r"\byou could (?:do|get|have) (?:that|it) .*(?:for me|to me|then)\b|\bwe would like to see\b",
)
ADVICE = Cue(
    r"\bi would (?:not |just |probably |maybe |definitely |also |still |certainly |personally "
    "|always |never |be inclined to |be tempted to |start by |only |say , "
    "|think about )*(?!(?:be|like|love|say|want|rather|agree|imagine|guess|expect|need|hate"
    r"|appreciate|call that|be curious|have (?:been|thought|said|liked|loved|to))\b)\w+",
    r"\bif i (?:was|were) (?:you|in your)\b|\bin your (?:shoes|place|position|boots)\b"
    r"|\bif it (?:was|were) me\b|\bwere i you\b|\bfor my money\b|\bif you ask me\b"
    r"|\bi would be \w+ing\b",
    r"\byou (?:could|might|should|ought to|may)(?: just| maybe| perhaps| also| even"
    r"| not)? (?!have\b|be right|be able|feel|say|not like)\w+|\byou (?:will|would|may"
    r"|might) want\b|\byou would (?:be|do) (?:better|well|wise|as well|worth|smart)\b",
    r"\byou (?:are|would be|will be) better (?:off)?\b|\b(?:better|best) (?:to|you|just|off"
    r"|if you)\b|\bthe best (?:move|thing|way|bet|route|plan|option|idea)\b|\bthe (?:trick|key"
    r"|secret|answer|thing to do|move|way in) is\b|\bwhat (?:works|i would do|i do|usually works"
    r"|you want)\b",
    r"\bmy (?:advice|suggestion|tip|recommendation|instinct|vote|steer|two cents) (?:is|would)\b"
    r"|\bi (?:would )?(?:suggest|recommend|advise|propose)\b|\b(?:one|another|an) (?:option|way"
    r"|route|idea|thought|approach|thing you)\b|\btwo (?:ways|options|routes|roads)\b",
    r"\b(?:it is|it might be|it would be|it may be|might be|is|would be) worth \w+ing\b"
    r"|\bworth (?:a|an|\w+ing)\b|^ (?:maybe|perhaps|try|consider|always|never|think about)\b"
    r"|\btry (?:\w+ing|to|a|the|and)\b",
    r"\byou (?:got to|want to) (?!know\b)\w+|^ then you \w+|\byou can always\b"
    r"|\bthere is always the\b|\beither you\b|\b\w+ing .* (?:beats|works better|goes further)\b"
    r"|\b(?:smart|smarter|safer|quicker|simplest|easier) (?:move|thing|way|to|play)\b|\b(?:would"
    r"|might) be (?:the one|my)\b",
)
PRESSURE = Cue(
    r"\b(?:should|could|ought to|might) (?:not |at least |really )?have\b|\bshould not be\b",
    r"\bif (?:you|this|that|it|we|the|they|he|she)\b.*(?:\bon you\b|\byour (?:head|fault|name"
    r"|job|neck)\b|\bwill (?:not|have to|be|lose|go|find|get)\b|\bwe might as well\b"
    r"|\bi can not\b|\bi am not\b|\bas good as\b|\bit is (?:our|my|your)\b|\bgone\b|\bdone\b"
    r"|\bi ain't\b)",
    r"\bor else\b|\botherwise (?:we|you|i|it|the)\b|\bon your (?:head|watch|neck|plate)\b"
    r"|\byour fault\b|\bit is on you\b|\bdown to you\b|\byour name on\b|\bname on (?:it|the|a)\b"
    r"|\bcover(?:ing)? (?:for )?you\b",
    r"\b(?:everyone|everybody) else\b|\bno ?body else\b|\bthe rest of (?:us|the team|them|you)\b"
    r"|\bother reps\b|\bhalf the team\b|\byour (?:colleagues|peers)\b|\bthe others\b"
    r"|\bbottom of the\b|\b(?:behind|under|below) (?:target|plan|quota|number)\b|\brookie\b"
    r"|\blast (?:fella|guy|man|rep|person) (?:who|that|to)?\b",
    r"\b(?:let|letting) (?:me|us|the team|everyone|it|him|them) (?:down|slip|drift|slide|rot)\b"
    r"|\bdisappoint(?:ing|ment|s|ed (?:in|with) (?:you|that|this))\b|\bi am disappointed\b"
    r"|\bnot good enough\b|\bunacceptable\b|\bexcuses?\b|\blook bad\b"
    r"|\bembarrass(?:ing|ment|es)\b|\bashamed\b|\bno use to\b|\bsloppy\b|\blazy\b|\bcareless\b"
    r"|\bpathetic\b"
    r"|\bamateur\w*\b|\bmug\b|\bnonsense\b|\brubbish\b|\bdoormat\b",
    r"\bi (?:can not|do not|will not|am not|have never|have not) (?:want (?:excuses|any|another"
    r"|to (?:hear|see))|pay|have|hear"
    r"|need|afford|going|accept|defend|carry|keep|lose|be)\b|\bwe (?:can not|do not) (?:afford"
    r"|lose|have|let|pay)\b|\bi (?:already|have) (?:told|rolled|promised|been saying|said"
    r"|heard)\b|\bi have been saying\b",
    r"\byou (?:can hardly|only ever|just keep|still have not)\b"
    r"|\bthat is (?:how|why|what) (?:people|we|you|deals|reps)\b"
    r"|\bthe partners\b|\bget(?:s)? noticed\b|\bhead office\b"
    r"|\bpip\b|\bmortgage\b",
    r"\bis not (?:going to|enough|a plan|an answer|how)\b|\bhow (?:people|accounts|deals) (?:end"
    r"|get|die|go)\b|\bthe truth is\b"
    r"|\bfrankly\b|\bwaiting to happen\b|\bno (?:way|chance)\b|\bi (?:expected|thought"
    r"|hoped|counted|was counting|trusted|stuck my neck)\b",
    r"^ you (?:have )?(?:let (?:it|them|him|her|me|us|the)|missed|forgot|forgotten|failed|dropped"
    r"|blew|blown|wasted|tiptoe)\b"
    r"|\bnot one of\b|\bwarned\b|\bwarning\b",
)
PRESSURE_HINT = re.compile(
    r"\b(?:you|we|they|he|she|it) (?:never|always)\b|\byou (?:can not|keep)\b"
    r"|\bthere (?:is|will be) no\b|\btoo (?:late|slow|soft|long|comfortable|nice|many)\b"
)
"""Wordings that press as often as they return what the person said."""
REFLECTION = Cue(
    r"\b(?:it )?(?:sounds|seems|looks|feels) (?:like|as if|as though|to you|that)\b"
    r"|\bi (?:am hearing|hear|sense|get the sense|can hear)\b|\bwhat you are saying\b"
    r"|\byou are saying\b|\bin other words\b|\bif i (?:hear|understand)\b",
    r"\byou (?:feel|felt|are feeling|were feeling|want|wanted|wish|would like|would rather|need"
    "|care|worry|fear|hope|like|hate|are (?:worried|torn|afraid|scared|angry|proud|stuck|tired"
    "|hoping|looking|wondering|sure|not sure|unsure|frustrated|caught|fed up|ready|thinking"
    r"|leaning|sick|weighing|carrying|trying))\b",
    r"\byou (?:said|mentioned|told me|called it|used the word|were saying|described)\b"
    r"|\bfor you (?:it|that|this)\b|\bto you (?:it|that)\b|\bpart of you\b|\bone (?:side|half"
    r"|part) of you\b|\bmore than\b|\bas much as\b|\bnot so much\b|\bon (?:the )?one hand\b"
    r"|\bon top of\b|\bmatters to you\b|\bthat (?:hurt|stung|bothers you|worries you"
    r"|frightens)\b",
)
AFFIRMATION = Cue(
    r"\b(?:well done|good (?:call|work|job|on you|for you|thinking|instinct|man yourself|lad"
    r"|lass|spot)|nice (?:work|one|job)|hats off|fair play|credit to you|proud of|impress\w*"
    r"|kudos|bravo|great (?:work|job|instinct|question|call))\b",
    r"\bi (?:really |do |honestly )*(?:like|liked|admire|admired|appreciate|appreciated|respect"
    r"|love|loved|noticed) (?:how|that|the (?:way|fact)|what) (?:you\b|you have)?",
    r"\b(?:takes|took|taken) (?:some |real |a lot of |proper |a bit of )*(?:guts|courage|nerve"
    r"|neck|bottle|patience|skill|care|discipline|doing|spine|honesty|bravery)\b",
    r"\bthat (?:is|was) (?:a |an |some |real |proper |very |really |pretty |quite |so "
    r"|such )*(?:\w+ )?(?:brave|honest|hard|quick|graft|skill|rare|smart|sharp|clever|cleverer"
    "|kind|generous|impressive|work|shift|care|thoughtful|craft|not (?:common|easy|nothing"
    r"|luck)|insight|judgement|judgment|instinct|move|discipline|you \w+ing|you having)\b",
    "^ (?:see , )?you (?:have |had |just |really |did |have just |already )*(?:kept|noticed"
    "|stuck|turned up|stayed|held|spotted|caught|built|rang|called|took|read|thought|named"
    "|picked|put|saved|fixed|earned|handled|practi[sc]ed|prepared|listened|heard|came"
    "|asked|worked out|clocked|made|found|went|finished|learned|learnt|got|wrote|drove|owned"
    "|protected|brought|stood|looked|walked|counted|chose|waited|remembered|stopped|managed"
    r"|turned|won|set)\b",
    r"\b(?:most (?:reps|people|folk)|not (?:many|everyone)|half the|few people|nobody (?:told"
    "|taught|asked)|no one asked|without (?:being|anyone|once|any)|never once|on your own"
    "|by yourself|before (?:anyone|anybody|i)|better than|all the same|even (?:though|when)"
    r"|when (?:you|others) could|and you (?:still|never|did)|could have just)\b",
)
AUTONOMY = Cue(
    r"\b(?:it is |that is |that one is |this is )?(?:entirely |wholly |really |all |totally "
    "|completely )*your (?:own )?(?:call|decision|choice|shout|road|business|judgement|judgment"
    r"|move to make|pick)\b|\bup to you\b|\bdown to your\b",
    r"\b(?:it|that|this|which|she|he|one|they) (?:is|are|stays|was) (?:entirely |still |all "
    r"|fully )*your(?:s)?\b(?! (?:half|hour|time|thirty|twenty|show|agenda|session|\w+ minutes"
    "|own time|meeting|fault|job|number|turn|problem|weekend|name|own fault|patch ,))"
    r"|\byours to\b|\b(?:is|are) for you to\b|\ba matter for yourself\b|\bin your hands\b",
    r"\byou (?:decide|choose|pick|judge|please yourself|work out|own|will (?:know|judge|decide"
    "|carry|see)|can (?:say no|decline|choose|turn|always say no)|get to (?:decide|choose|say)"
    r"|run it|do not (?:have|need) to|are free|are the (?:one|judge|expert)|be the judge)\b",
    r"\byou know (?:her|him|them|this|these|that|your|the|it|\w+) (?:\w+ ){0,3}(?:better|best)\b"
    r"|\byou know (?:the|her|him|them) \w* ?(?:and|,) i\b|\byou have (?:met|been|sat|seen"
    r"|got the|had).* i (?:have not|have|only|was)\b|\bbetter than i do\b|\byou know best\b",
    r"\b(?:whatever|whichever|whenever|however|either way|either one|any way) (?:you|is|works"
    r"|suits|i|it)\b|\bsuit yourself\b|\bas you (?:like|see fit|wish|please|want)\b"
    r"|\bwhat(?:ever)? (?:suits|fits|works for) you\b|\bsee what fits\b|\bif you (?:want|like"
    "|fancy|prefer) $",
    r"\b(?:i will|i would) (?:back|support) (?:you|it|that|whatever|either)\b"
    r"|\btake it or leave it\b|\btake or leave\b|\buse it or\b|\bneither (?:may|might|has to"
    r"|one)\b|\bmight not (?:suit|fit|be you)\b|\bno (?:wrong|right) answer\b|\bonly you\b"
    r"|\bnobody (?:but|else)\b.*\byou\b|\b(?:is|'s|are) (?:\w+ ){0,2}(?:optional|allowed"
    r"|fine (?:by|with) me|all right by me)\b|\bown (?:way|conscience|time|reasons|judge)\b"
    r"|\byour (?:diary|reasons|way|conscience|own way)\b|\b(?:your|own) way $|\bhow you (?:see"
    r"|like|want|feel) it?\b|\bwhoever you\b|\bwherever you\b|\bin whatever order\b"
    r"|\bdo what you (?:feel|think|like|want)\b|\b(?:leave|leaving|hand"
    r"|handing) (?:\w+ ){1,3}to you\b|\bnot going to (?:chase|argue|push|pick|tell you)\b"
    r"|\bcosts you nothing\b|\bdoes not have to be\b|\bunless you want\b|\byou(?: would"
    r"| will)? be the judge\b|\byou (?:steer|sort|two sort)\b|\b's yours\b"
    r"|\byou are the one (?:who|that|he|she|they|with)\b|\b(?:it|that) is you (?:who|that)\b"
    r"|\byou know \w+ and i\b|\b(?:happy|fine|good) (?:with )?(?:whichever|either|whatever)\b"
    r"|\bwhether you .* is (?:between|for|up|your)\b|\bno wrong way\b"
    r"|\bthat is (?:for )?you(?:rs)? to\b|\bif you do not , do not\b|\bor not at all\b"
    r"|\bwithin your rights\b|\bfor you to (?:settle|say|decide|weigh|judge|choose)\b|\b(?:leave"
    r"|leaving) (?:it|that|you|the \w+) (?:with|to|be)\b",
)
STORY = Cue(
    r"\bwhen i (?:was|had|did|started|sold|ran|first|joined|worked|covered|used)\b"
    r"|\bback (?:when|in|then)\b|\byears ago\b|\bin my (?:day|first|last|own|time|early|twenties"
    r"|thirties|old)\b|\b(?:i|we) (?:once|used to)\b|\bi (?:have )?once\b|\bmy (?:first|old|mom"
    r"|mum|dad|wife|father|mother|last boss|brother) \b|\bi remember\b|\byear one\b"
    r"|\bthe first time\b|\bfirst (?:week|year|month|job|august)\b|\bi had (?:a|an|one|the same"
    r"|this|mine)\b|\bone time\b|\bin (?:nineteen|oh|two thousand|ninety|eighty|'?\d\d\b|(?:19"
    r"|20)\d\d)\b|\bi did (?:that|it|the same)\b|\bi (?:lost|closed|sold|quoted|gave|hid|fed"
    "|paid|took|backed|bought|sat|cut|was|went|made|called|got|tried|kept|learned|learnt|spent"
    r"|thought|blew) \w+"
)
STORY_FRAME = re.compile(
    r"\bwhen i (?:was|had|did|started|sold|ran|first|joined|worked|covered)\b|\byears ago\b"
    r"|\bi (?:once|used to)\b|\bin my (?:day|first|own|early)\b|\bback (?:when|in)\b"
    r"|\bi remember\b|\bmy first\b|\bi had (?:a|one|the same)\b|\bone time\b|\bonce\b"
    r"|\bi did (?:that|it)\b"
)
PAST_I = re.compile(r"\b(?:i|me|my|we)\b")
I_DID = re.compile(
    r"\b(?:i|we) (?:once |just |only |even |never |then )?(?:had|was|were|did|\w+ed|sent|ran|let"
    "|made|wore|threw|carried|went|got|gave|took|sold|lost|came|told|met|held|wrote|drove|spent"
    r"|built|fell|kept|left|cut|put|won|stood|sat|rang|spoke|bought)\b|\b(?:my"
    r"|our) (?:\w+ )?(?:was|had|did|used|came|let|\w+ed)\b"
)
SO_YOU = re.compile(
    "^ (?:(?:okay|right|and|well) )?so (?:you|your|it|that|there|for you"
    r"|part of you)\b(?! (?:will|should|need|must|have to|got to|could|ought|had better|go|call"
    r"|ring|send|get|take)\b)"
)
FIGURE = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty"
    "|forty|fifty|sixty|hundred|thousand|half|first|second|third|per ?cent|january|february"
    "|march|april|may|june|july|august|september|october|november|december|monday|tuesday"
    r"|wednesday|thursday|friday|week|weeks|month|months|year|tomorrow|christmas|easter)\b"
)
YOU_ACT = re.compile(
    r"^ (?:then |so |better |and |and then |if [\w ]+? )?you (?:just |please |will |two "
    r"|only )?(?P<verb>\w+) (?:the|a|an|it|them|him|her|that|this|those|me|us|your|his|their|our"
    r"|back|with|to|up|out|by|before|on|in|for|one|\w+day)\b"
)
NOT_STORY = re.compile(
    r"\bi (?:was|got|thought|took|made) (?:just |only )?(?:thinking|wondering|hoping|going|you"
    r"|asking|that you|to)\b"
)
FRAMING = Cue(
    r"\b(?:\w+|\d+) (?:minutes|mins)\b|\bhalf (?:an |a )?hour\b|\ban hour\b"
    r"|\bquarter of an hour\b|\btill (?:\w+ past|ten|noon|two|three|four)\b|\bhard stop\b"
    r"|\bi have (?:got )?(?:a|the|my|till|until|you till) (?:\w+ )?(?:at|meeting|call|train|\d"
    r"|ten|nine)\b",
    r"\b(?:let us|shall we|we will|we can|can we|i thought we|we could|i would like to|i want to"
    "|i wanted to|i need to) (?:just |also |first |all )?(?:start|begin|talk|move|park|leave"
    "|come back|switch|look|discuss|use|spend|cover|go (?:over|through|back|to)|open|turn|focus"
    "|do your|do the|role|review|wrap|pause|stop|take|get to|come to|stay|pick|do (?:this|that"
    r"|it|one)|chat|catch up|get through|have a word|level|do first)\b",
    r"\bagenda\b|\bcatch ?up\b|\bone to one\b|\bone-on-one\b|\b(?:a|the|our|your) \w* ?review $"
    r"|\bthis is (?:a|an|just"
    r"|your|not|about|me) \b|\bswitch(?:ing)? hats?\b|\b(?:other|boss|manager|coach\w*"
    r"|mentor\w*) hat\b|\bi am not (?:coaching|here to)\b|\bwith my \w+ hat\b|\bboss me\b"
    r"|\bmentor me\b|\bmy agenda\b|\bit is (?:all )?your (?:show|time|half|hour|thirty|session"
    r"|meeting|floor)\b|\bthe floor is yours\b|\byou drive\b|\bi only listen\b",
    r"\b(?:back|over) to (?:you|yours|what|your|that|the)\b|\bthat is (?:time|us|part|all we)\b"
    r"|\bout of time\b|\bmoving on\b|\bnext (?:up|item|on)\b|\bbefore (?:we|that|you"
    r"|anything)\b.*\b(?:start|go|that|get|i)\b|\bfirst (?:of all|off|things|up|thing)\b"
    r"|\bbut first\b|\bi will (?:ask|shut up|just listen|stop|be (?:straight|quick|the|honest"
    r"|playing)|play|note|say it plain|come back)\b|\bi called (?:it|this|you in)\b"
    r"|\bthe topic\b|\bwhile (?:i have|we are)\b|\bcan wait\b|\bin (?:two|three) parts\b"
    r"|\bhere is (?:how|what i|the plan)\b|\bwe (?:said|agreed) (?:we|an|a|to)\b"
    r"|\bi wanted a word\b|\byour time\b",
)
TAKEOVER = re.compile(
    r"\b(?:but )?first (?:off |up |of all )?\b.*|\bbefore (?:that|we do|you do|any of that"
    r"|you start|we get to)\b|\bnever mind\b|\bforget (?:that|about)\b|\bin a (?:sec|minute"
    r"|second|bit)\b|\bwe will (?:get|come) (?:back )?to\b|\bpark (?:that|it)\b|\bleave that\b"
    r"|\bthat is not what\b|\bwhile i have\b|\banother day\b|\bcan wait\b|\bwhat i (?:want|need"
    r"|really want)\b|\binstead\b|\bbut let us\b|\bi need .* first\b"
)
SOCIAL = Cue(
    r"\b(?:thank you|thanks|cheers|sorry|apolog\w+|my (?:bad|fault|mistake)|congratulations"
    "|welcome|good (?:morning|afternoon|evening|night|to see)|nice to see|take care"
    "|have a (?:good|great|nice|lovely)|see you|how are you|no (?:rush|worries|problem)"
    r"|bless you|happy birthday|safe (?:travels|journey|drive))\b",
    r"\bi take (?:it|that) back\b|\bi (?:am|was) (?:so |really |very |doing it again|only "
    r"|just )*(?:sorry|rambling|asking|joking|kidding|teasing|interrupting)\b|\bgo on (?:then"
    r"|,)?\b|\bcourse (?:you|we) can\b|\bfair (?:enough|point)\b|\bthat is (?:fair|fine|okay"
    r"|all right)\b|\bbeen there\b|\bthat was (?:clumsy|bossy|me)\b",
)
SLANT_VERDICT = re.compile(
    r"\b(?:should(?! (?:i|we|they|he|she)\b)|deep down|gave away|your fault|avoid\w*|hid(?:e|es"
    r"|ing)"
    r"|excuses?|learnt? your lesson|the lesson|which (?:tells|means|shows)|mistakes?|fail\w*"
    r"|blame|lazy|admit\w*|too soft|soft on)\b"
)
"""Words of a verdict; in a reflection they slant unless the person used them."""
SLANT_CUE = re.compile(
    r"\b(?:really (?:just|about|the|your|it)|just (?:did not|do not|not)|let (?:it|them|him|her)"
    r"|wrong|weak|lost|instead of|you know (?:you|really|it|that)|realis\w*|realiz\w*"
    r"|headed|not (?:ready|prepared|good))\b"
)
"""Hints of a verdict; they slant only where most of the ideas are the manager's."""
REQUEST = re.compile(
    r" (?:would|will|could|can) you (?:please |just |maybe |perhaps |possibly |also )*"
    r"(?:be (?:willing|prepared|up|open|able|happy) (?:to|for)\b|consider\b|(?P<verb>\w+)\b)"
)
OBLIGES = re.compile(r" you (?:need|have|have got|must|had better)(?: to)? \w+")
ASSIGNS = re.compile(
    r"\b(?:today|tonight|tomorrow|first thing|straight away|this (?:morning|afternoon"
    r"|evening|week)|by (?:noon|lunch|five|four|three|close|end|the|mon\w*|tues\w*|wed\w*|thurs\w*"
    r"|fri\w*)|before (?:you|lunch|noon|close|we)|for me|please|(?:on |this |next )?(?:mon|tues"
    r"|wednes|thurs|fri)day|and (?:let|tell|send|bring|come|report) (?:me|us|it|back))\b"
)
"""Words that set a time or a taker, so that a bare verb is an assignment."""
