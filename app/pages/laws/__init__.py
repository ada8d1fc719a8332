"""The laws of convolution: a ∗ b = b ∗ a and its like, played with both sides in sight."""
