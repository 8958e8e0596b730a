"""PyTorch's modules read as descriptions, by their class and what it holds; torch is not needed."""
