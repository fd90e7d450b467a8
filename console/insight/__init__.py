"""民情: the screen and the command of what is new, rises, repeats or crosses."""
