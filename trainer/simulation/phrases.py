"""What simulated managers say around the scenario's own words; ``{}`` takes an echo or an idea."""

from __future__ import annotations

# --- A manager who coaches -------------------------------------------------------------------

WARM_UPS = (
    "",
    "",
    "",
    "Thanks for making the time. ",
    "Good to see you. ",
    "Okay. ",
)
GOALS = (
    "What would you like to leave with today?",
    "What would make this half hour worth it for you?",
    "Where would you like us to end up today?",
    "What would be useful to talk about, from your side?",
)
REFLECTIONS = (
    "So {}.",
    "So {}. I hear that.",
    "You're saying {}.",
    "Mm. So {}.",
    "Okay, so {}.",
    "It sounds as if {}.",
)
FOLLOW_UPS = (
    "What's that like for you?",
    "Tell me more about that.",
    "What's underneath that?",
    "What do you make of that?",
    "Say a bit more about that.",
    "What else is there?",
    "How do you mean?",
    "What makes that matter to you?",
    "And what's behind that, for you?",
    "Go on, I'm listening.",
)
LEADS_IN = (
    "",
    "",
    "",
    "Thanks for telling me that. ",
    "Thank you. ",
    "I'm curious. ",
    "Right. ",
    "Mm-hm. ",
)
OPTIONS = (
    "What could you do about it?",
    "What options do you see from here?",
    "If it were entirely up to you, what would you try?",
    "What comes to mind that you could try?",
    "What ideas do you have?",
    "Knowing all that, what would you like to do differently?",
)
OWN_SAY = (
    "",
    "",
    "You know this better than I do. ",
    "It's yours to decide. ",
    "You've clearly thought about this. ",
)
ELSE = (
    "What else could you do?",
    "What else comes to mind?",
    "And what other ideas do you have?",
)
CHOICES = (
    "Which of those will you go with?",
    "So what will you do?",
    "What's the first step you want to take?",
    "Where do you want to start?",
)
COMMITMENTS = (
    "When will you do it?",
    "How will you hold yourself to that?",
    "How will you know it worked?",
    "How will you make sure it happens?",
    "What could get in your way, and how will you handle that?",
    "By when?",
)
REPAIRS = (
    "Sorry, that was my idea, not yours.",
    "Let me take that back. That was me pushing.",
    "I got ahead of you there, I'm sorry.",
    "Scrap that. It's your topic, not mine.",
)
ONE_AT_A_TIME = ("Sorry, that was too much at once.", "Fair enough, one at a time.")

# --- A manager with a request of their own, openly -------------------------------------------

OPENNESS = (
    "I'll say it plainly, I want something from you today.",
    "I'd like to be open about why I came. There's something I want.",
    "This one is my agenda, so let me say it straight.",
)
NO_IS_FINE = (
    "You can say no. What's your first reaction?",
    "A no is a real answer. How does that sound to you?",
    "It's your decision. What goes through your mind?",
)

# --- A manager who gives advice, with consent ------------------------------------------------

LEAVE = (
    "Could I share something I've seen work?",
    "Would it help if I told you how I went about that?",
    "May I offer a couple of ways I've seen it done?",
)
ADVICE_WITH_LIMITS = (
    "I've seen two ways work. One is to start from the customer and leave the paper for later, "
    "the other is to get the paper done first. The first takes nerve, the second takes time. "
    "What would you keep of that, and what would you leave?",
    "One way is to ask somebody outside to read it, another is to sleep on it and read it aloud "
    "yourself. Neither may suit you. How does that fit you?",
    "What helped me was writing down the one thing I was afraid of. It may not be your way at all, "
    "and some people just start. Which of those sounds more like you?",
    "I used to do the hardest part first, and a colleague of mine did it last, when she was warm. "
    "Both worked, for different people. What's useful in that for you?",
)
CHECK_BACKS = (
    "How does that fit you?",
    "What do you make of that?",
    "What would you keep of that, and what would you leave?",
)

# --- Managers who do not ask -----------------------------------------------------------------

TELLS = (
    "I want you to {}.",
    "You need to {}.",
    "Please {} this week.",
    "Right. {} by Friday, and send me a note when it's done.",
    "Look, just {}. That's all there is to it.",
    "I'd like you to {}, okay?",
    "From Monday you {}, every day.",
    "You have to {}. Start today.",
    "So here's what happens now. You {}.",
)
ORDERS = (
    "Send me a list of ten names by Friday.",
    "Put it in the calendar and do it.",
    "Get it done this week and report back to me.",
    "Make the calls first thing every morning.",
    "Write it up tonight and send it to me.",
    "Stop worrying about it and start with the first one.",
    "Follow the process. Step one, then step two.",
    "Do it the way I showed you.",
)
LEADS = (
    "Don't you think you should {}?",
    "Wouldn't it be better to {}?",
    "Why don't you just {}?",
    "Have you considered that you could {}?",
    "Shouldn't you {} first?",
    "Isn't the obvious thing to {}?",
    "You do see that you need to {}, don't you?",
)
VERDICTS = (
    "Isn't this really about confidence?",
    "You're just a bit afraid of it, aren't you?",
    "Surely you know you've let it slide, don't you?",
    "That was a mistake, wasn't it?",
    "You'd agree that it can't go on like this, wouldn't you?",
    "Isn't it true that you've been avoiding it?",
    "Deep down you know what's wrong here, don't you?",
    "It was rushed, wasn't it?",
)
CLOSED = (
    "Did you do it?",
    "Have you spoken to them?",
    "Is it finished?",
    "Was it on Monday?",
    "Did they answer?",
    "Is that in writing?",
    "Have you got a date?",
    "Was anybody else there?",
    "Did you tell anyone?",
    "Is it the same every week?",
    "Are the numbers in the system?",
    "Did you look at it again?",
    "Can you do it by Friday?",
    "How many were there?",
    "When was that?",
    "Who was it?",
    "Is that a yes or a no?",
    "On a scale of one to ten, how sure are you?",
)
CLOSED_ABOUT = (
    "Is this about {}?",
    "Did you talk to anybody about {}?",
    "Has it got to do with {}?",
    "Was {} part of it?",
)
CLOSED_STEPS = (
    "Will you do it?",
    "Have you got an idea?",
    "Is there anything you can do?",
    "Are you going to do something about it?",
    "Do you have a plan?",
)
STORIES = (
    "When I was in your job I just picked up the phone until they answered.",
    "I had exactly that in my second year. I drove over there and had it out with them.",
    "Back in my day I had forty accounts, and I saw every one of them once a month.",
    "My old boss made me do it standing up, and it worked for me.",
    "I remember my first one. I stayed up two nights and then I simply did it.",
)
ADVICE = (
    "What I'd do is {}.",
    "The best thing is to {}.",
    "If I were you I'd {}.",
    "My advice is to {}.",
    "You could always {}. It's what works.",
    "The way to go is to {}.",
)
OWN_BUSINESS = (
    "Fine, but first let's do your forecast. I need the figures for tonight.",
    "Okay, leave that now. I need you to take over two accounts from Keller.",
    "Right, different thing. I want you on the trade fair stand in March.",
    "Anyway. Head office wants the new system used, so you use it from Monday.",
    "Good. Now to what I actually need. You have to cover the north for six weeks.",
    "That's as may be. I need your budget by Thursday, and it has to be lower.",
)
BACKCHANNELS = ("Mm.", "Mm-hm.", "Right.", "Okay.", "I see.", "Yes.", "", "Hm.", "Uh-huh.")
