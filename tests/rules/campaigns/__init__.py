"""Tests of models/casework."""
