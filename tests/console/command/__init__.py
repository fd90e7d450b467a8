"""Usage, help and hostile input of the command line."""
