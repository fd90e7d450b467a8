"""Firms under several names."""
