"""Painters show frames: they know planes and frames, and no operation."""
