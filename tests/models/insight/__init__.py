"""Tests of models/insight."""
