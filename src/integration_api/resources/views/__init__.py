"""Views: reads across resources."""
