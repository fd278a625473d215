"""What is kept of a talk: session folders, an index, and the report."""
