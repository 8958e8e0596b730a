"""Questions that need several trainings, one file each; each ends in claims."""
