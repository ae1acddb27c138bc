"""Four other ways to do the same job, for comparison."""
