"""Tests of merging on screens and the command line."""
