"""共性问题: what several citizens mean at once, on the command line."""
