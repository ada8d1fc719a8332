"""An inception block with numbers: two maps enter four lanes, and what comes out slides into one stack."""
