"""The ways in: the front page with its stage and its paths, and the lectures slide by slide."""
