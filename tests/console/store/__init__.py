"""The store from the command line."""
