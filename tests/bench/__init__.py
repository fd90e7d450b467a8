"""Benchmarks: each prints ratios against something measured in the same run; none is a test."""

from __future__ import annotations
