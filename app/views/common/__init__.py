"""What several views share; no view imports another."""
