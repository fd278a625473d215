"""Practising at a desk: the loop, where turns come from and where lines go."""
