"""What the program does besides serving pages."""
