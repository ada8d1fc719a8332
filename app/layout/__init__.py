"""Where the planes of a view stand: in units of a picture, or in pixels of a page."""
