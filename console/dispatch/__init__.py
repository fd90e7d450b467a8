"""派单: who takes an appeal, how sure that is, and what is kept of it."""
