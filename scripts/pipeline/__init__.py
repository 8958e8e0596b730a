"""What carries the steps of the build: places, processes, stamps, and what was asked for."""
