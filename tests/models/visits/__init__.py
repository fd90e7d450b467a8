"""Tests of models/visits."""
