"""The data themselves: sources, quality, catalogue, methods, and the package to take away."""
