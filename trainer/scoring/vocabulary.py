"""Closed lists of words the rules know: acts of a sales week, and words that only greet."""

from __future__ import annotations

ACTIONS = frozenset(
    """
    add agree aim answer apply arrange ask assume attach avoid back bag bet bin block book bring
    build buy call cancel carry catch change chase check choose clean clear close collect come
    commit compare confirm copy correct count cover cut decide deliver demo dig ditch do double
    draft draw drive drop dump edit email enter escalate expect explain fetch figure file fill
    find finish fix focus follow forget forward get give go grab hand hang hit hold host include
    introduce invite join jot jump keep knock know lay lead learn leave lead let line link list
    listen load lock log look loop lose mail make mark meet mention message move name note offer
    open order pack park pay phone pick pin plan point pop post practise practice prepare
    present press price print promise pull push put quit quote raise reach read record remember
    remind remove reply report research reset return revert review ring roll run say schedule
    scrap screenshot sell send set shadow share shoot shorten show shut sign sit skip slack slow
    smile sort speak spell spend split stand staple start state stay stick stop strip submit
    switch take talk tell text thank think throw tidy tie title trade trial trim trust try turn
    type update upload use visit wait walk watch wear work write revise map paper circle nail
    quit treat notify validate rehearse ping dial knock swap bundle
    """.split()
)
"""Base forms that open an order about the work."""
TALKING = frozenset(
    "say think tell explain name mention describe share show choose decide expect know remember"
    " learn trust agree figure see compare map circle state".split()
)
"""Acts of the talk itself: asking for one is no assignment."""
NOT_IMPERATIVE_AFTER = frozenset("is was are were would will of has sounds seems and".split())
OBJECTS = frozenset(
    "the a an it them him her that this these those me us your his their our my every each all"
    " up out in"
    " on off to for back down with no one two three at before by until some into over away from and"
    " yourself both any get it straight after today now there".split()
)
SOCIAL_WORDS = frozenset(
    """
    hi hello hey morning afternoon evening thanks thank you cheers ta bye goodbye okay right yes
    no sure mm hm huh uh ah oh wow ha haha lovely great nice good cool perfect brilliant
    excellent fine grand sorry welcome course of please congratulations god lord jesus christ
    fair enough true exactly got it i see all well now then so and hmm mhm mate son love pet pal
    friend dear man bless ouch damn shoot really indeed absolutely definitely amazing awesome
    fantastic wonderful copy noted agreed done deal alright hiya yo hola very much so much there
    for coming how are doing today is it that makes sense look listen anyway bud big dog
    sunshine everyone team what a day week weekend see later soon talk take care
    """.split()
)
