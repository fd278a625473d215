"""`trainer scenarios`: what a trainer writes, checks and tries out."""
