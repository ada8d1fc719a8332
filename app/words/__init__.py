"""Every sentence that a user reads, ready for translation."""
