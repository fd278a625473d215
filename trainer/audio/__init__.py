"""Microphone, speaker, recordings, voice activity and the end of a turn."""
