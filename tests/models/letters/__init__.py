"""Tests of the office's letters in the store."""
