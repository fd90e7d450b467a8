"""Firms under several names as commands and on screen."""
