"""One point at the end of a turn: chosen, worded, with a better line that was scored first."""
