"""Tests of models/views."""
