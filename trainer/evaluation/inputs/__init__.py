"""Reading what can be evaluated, one module a format; all give talks and problems, in order."""
