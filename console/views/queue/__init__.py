"""F2 督办队列: which matter breaks next, and beside it the matter under the cursor."""
