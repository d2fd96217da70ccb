"""What `make bench` measures: speed, size and reading accuracy, each against its budget."""
