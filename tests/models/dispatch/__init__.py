"""Tests of models/dispatch."""
