"""What every screen and the app are built on."""
