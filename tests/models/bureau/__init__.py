"""Tests of models/bureau."""
