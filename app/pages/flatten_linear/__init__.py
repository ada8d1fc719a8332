"""A linear layer on a flattened map, and the convolution with a kernel as large as the map that it is."""
