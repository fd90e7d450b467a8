"""核查: what is verified after a matter is closed, and what units object to in it."""
