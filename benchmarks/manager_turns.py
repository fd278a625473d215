"""What the synthetic managers of the benchmarks say; a "|" is a pause for thought."""

from __future__ import annotations

WHOLE = """
What would you like to leave with today?
What makes those calls so hard to start?
How did the last month go for you?
What have you tried so far?
You said nobody picks up. What happens in you when that happens?
What would a good week look like?
It sounds as if the phone has become the hardest part of your day.
Tell me more about that.
What matters most to you about this?
Who have you talked to about it?
Okay.
How do you feel when you look at the list?
So you start with the easy ones and the hard ones stay. Is that right?
What would you do if nobody was watching?
Which of those would you like to try first?
How will you know that it worked?
When will you start?
I can see how much thought you have given this.
What could get in the way?
What do you need from me?
Why?
Did you call the three customers we talked about?
What did you learn from the one that went well?
How else could you look at it?
What are you afraid might happen?
I hear two things there, the time and the rejection. Which one weighs more?
What would you tell a friend in your place?
On a scale from one to ten, how ready are you?
What would make it a little easier?
How can you hold yourself to that?
Thank you for being so open with me.
Where do you see yourself in half a year?
What is the first small step?
I think you should just block two hours every morning.
Have you thought about writing to them first?
What is it about mornings that works for you?
How often did that happen last week?
Walk me through the last call you made.
What would your customers say about you?
And what else?
""".strip().splitlines()

PAUSED = """
So, um, what | would you like to do about it?
What would you like to | get out of this talk?
I was wondering if | you could tell me what happened on Monday.
When you think about the calls, | what is the hardest part?
It sounds like | you have been carrying this for a while.
I hear that the list is long. | What would help you to begin?
How much of that is | really in your hands?
You said that | nobody picks up. What do you make of that?
If you had one more hour a day, | how would you use it?
What I am hearing is that | the first call is the worst one.
Okay, so | what have you tried already?
What do you think about | starting with the customers you know?
Tell me about | the last time it went well.
I would like to understand | what goes through your mind before you dial.
Who could | support you with that?
What options do you have, and | which of them feels most like you?
That sounds tough. | What keeps you going?
Because | you mentioned the mornings, what is different then?
How would that | change the way you plan your week?
Let me think. | What would success mean to you?
""".strip().splitlines()

MANAGERS = (
    ("kokoro", "jf_alpha"),
    ("kokoro", "jf_gongitsune"),
    ("kokoro", "jf_nezumi"),
    ("kokoro", "jm_kumo"),
    ("kokoro", "jf_gongitsune+jm_kumo"),
)
"""Voices; the salesperson's is none of them."""
