"""A voice role-play practice trainer: hear the difference between asking and steering."""

__version__ = "0.1.0"
