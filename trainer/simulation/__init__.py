"""Simulated managers who talk to scenarios headlessly, so that a scenario can be tried at scale."""
