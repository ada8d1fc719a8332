"""Views show the numbers of a scene: which planes there are, and what one step shows on them."""
