"""What stands beside the stage, for each family of operations."""
