"""Tests of rules/casework."""
