"""What people do with the product, one module a concern, one transaction a call."""
