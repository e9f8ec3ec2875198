"""What one district is told about itself: beside its peers and the state, never in a rank."""
