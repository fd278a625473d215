"""Speech to text: Whisper, the carriers of its weights, and a scripted stand-in."""
