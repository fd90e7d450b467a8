"""A hand that presses keys too early and too fast, and who watches that it did only what it saw."""
