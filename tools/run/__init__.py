"""What stands behind ./run: standard library only, for it runs before anything is installed."""
