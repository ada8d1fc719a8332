"""Global average pooling beside a fully connected head, on one map, and what that saves in GoogLeNet."""
