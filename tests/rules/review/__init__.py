"""Tests of the rules of reviews and objections."""
