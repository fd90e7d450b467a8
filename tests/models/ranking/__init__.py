"""Tests of models/ranking."""
