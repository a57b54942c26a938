"""What is read across resources."""
