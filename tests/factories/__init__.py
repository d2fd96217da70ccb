"""Making what tests need through the product's own doors."""
