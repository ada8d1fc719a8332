"""The web: from a URL to a scene, and from a scene to its representations. Imports kernels; kernels never import app."""
