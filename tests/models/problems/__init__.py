"""Tests of models/problems."""
