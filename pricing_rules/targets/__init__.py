"""What a catalog is compiled to: one module for each place that must agree with it, strangers to each other."""
