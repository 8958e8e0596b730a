"""How convolution filters learn features: the package behind the site."""
