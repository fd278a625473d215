"""Scenario files: what a trainer writes, read strictly, with line numbers in every message."""
