"""Tests of places, lists of them and what is kept about them."""
