"""What a scenario that loads may still get wrong: parts nobody reaches, lines nobody can say."""
