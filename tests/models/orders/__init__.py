"""Tests of models/orders."""
