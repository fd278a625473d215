"""Trying a scenario by typing, with the salesperson's mind in view."""
