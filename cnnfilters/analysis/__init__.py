"""Questions asked of a trained network: arrays in, arrays out, one file per question."""
