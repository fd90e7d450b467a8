"""Tests of firms under several names in the store."""
