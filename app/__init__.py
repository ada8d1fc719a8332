"""The web: from a URL to a scene, and from a scene to its representations. Kernels never import app."""
