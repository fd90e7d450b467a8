"""民情专报 as papers, commands and on screen."""
