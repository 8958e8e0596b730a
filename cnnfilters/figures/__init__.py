"""Drawings, each with its words; matplotlib lives here and nowhere else."""
