"""The command line, one test module a family of verbs."""
