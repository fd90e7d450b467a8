"""Tests of models/clocks."""
