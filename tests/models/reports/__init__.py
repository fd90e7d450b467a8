"""民情专报 in the store, on both engines."""
