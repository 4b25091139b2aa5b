"""What questions return: typed, immutable tables of rows."""
