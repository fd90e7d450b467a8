"""Papers: fields and what they hold, and the code they are verified by."""
