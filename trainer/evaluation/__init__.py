"""Headless scoring: turns from files in, scores with their evidence out."""
