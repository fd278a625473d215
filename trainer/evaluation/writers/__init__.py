"""Writing what came of an evaluation, one module a format; turns are written as they are read."""
