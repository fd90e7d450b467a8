"""The office's letters as commands and on screen."""
