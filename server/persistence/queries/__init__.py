"""The only SELECT statements of the product, by subject."""
