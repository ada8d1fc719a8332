"""How the parameters of each operation become a layer: grids read, sizes resolved, everything illegal refused."""
