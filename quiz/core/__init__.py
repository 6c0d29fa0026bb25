"""The measurement: from answers to traits, fits, a contrast and an outcome. Standard library and numpy only."""
