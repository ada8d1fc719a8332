"""Two convolutions in a row, the one convolution that they are, and what a ReLU between them makes of that."""
