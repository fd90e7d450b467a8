"""The queue and the desk."""
