"""What figures are drawn with: it knows no network and no digit."""
