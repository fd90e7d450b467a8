"""Tests of what people do with places."""
