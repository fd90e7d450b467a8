"""The calendar, the calculator, the sweep, the self-test."""
