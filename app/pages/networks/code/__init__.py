"""Code that is read and not run: its text, its values, its statements, its calls, and the network that it is about."""
