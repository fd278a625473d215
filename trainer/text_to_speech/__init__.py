"""Text to speech: the engines, their voice names, and the cache of spoken lines."""
