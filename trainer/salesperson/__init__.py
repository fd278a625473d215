"""The simulated salesperson: a mind that moves, recall by meaning, a policy for what to say."""
