"""The ranking: screen, papers, commands."""
