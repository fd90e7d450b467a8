"""民情专报: figures, examples, wording."""
