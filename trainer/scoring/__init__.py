"""Labels to scores: what a manager's words do, and what that is worth on two axes."""
