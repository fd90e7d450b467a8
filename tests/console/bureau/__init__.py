"""Rules, units and operators from the command line."""
