"""What managers ask for besides the scenario's own topics, with examples of each."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Step(StrEnum):
    """What a manager can ask for, or say, besides a topic."""

    FOLLOW_UP = "follow_up"
    OPTIONS = "options"
    CHOICE = "choice"
    COMMITMENT = "commitment"
    REPEAT = "repeat"


EXAMPLES: Mapping[Step, tuple[str, ...]] = {
    Step.FOLLOW_UP: (
        "Tell me more about that.",
        "Say a bit more.",
        "What else is there?",
        "And what's underneath that?",
        "What makes you say that?",
        "How do you mean?",
        "What was that like for you?",
        "What's behind that?",
        "Go on, I'm listening.",
    ),
    Step.OPTIONS: (
        "What could you do about it?",
        "What options do you see from here?",
        "What have you thought of trying?",
        "How might you go about changing that?",
        "What would you do differently?",
        "If it were entirely up to you, what would you try?",
        "What ideas do you have?",
        "What would help you move this forward?",
    ),
    Step.CHOICE: (
        "Which of those will you go with?",
        "So what will you do?",
        "What's the first step you want to take?",
        "Where do you want to start?",
        "What are you going to try first?",
        "What do you choose?",
    ),
    Step.COMMITMENT: (
        "When will you do it?",
        "How will you hold yourself to that?",
        "How will you know it worked?",
        "What could get in your way, and how will you handle that?",
        "How will you make sure it happens?",
        "Who will you tell about it?",
        "What support do you want for that?",
        "By when?",
    ),
    Step.REPEAT: (
        "Could you say that again, please?",
        "Sorry, I didn't catch that. What did you say?",
        "Can you repeat that?",
        "What was that again?",
        "Say that again?",
        "Come again? I missed that.",
    ),
}

ELSEWHERE = (
    "What's the weather like today?",
    "Did you watch the match?",
    "What did you have for lunch?",
    "How was your holiday?",
    "Where do you go on vacation?",
    "What do you think about politics?",
    "Have you done your expense report?",
    "How does the new software work?",
    "Is the coffee machine broken?",
    "What's on television tonight?",
    "Who is the president?",
    "How far is it to the moon?",
    "What's two plus two?",
    "What car do you drive?",
    "What's your favourite food?",
    "What time does the shop close?",
    "Did you get the email about the party?",
    "What do you think of the new office?",
    "How much is a train ticket?",
    "What's the wifi password?",
    "Which film should I watch?",
    "What does the company pay for parking?",
    "How many days off do you get?",
    "Who repairs the heating?",
    "What's your favourite colour?",
    "Do you have any pets?",
    "Which restaurant do you like?",
    "What's the name of the new colleague in accounting?",
    "How do you bake bread?",
    "What's the capital of France?",
)
"""Questions no scenario is about, so that what is nearer to them than to it is off the map."""

APOLOGIES = (
    "Sorry, that was my idea, not yours.",
    "Let me take that back.",
    "That was me pushing, I'm sorry.",
    "I got ahead of you there.",
    "Forget what I just said, it was too much.",
    "I apologise, that wasn't a fair question.",
    "That came out as an order, and I didn't mean it like that.",
    "Scrap that. I shouldn't have told you what to do.",
)
"""How a manager takes a push back."""
