"""What is done to a store on purpose, and what it loses: small in CI, large by hand."""
