"""Between the socket and the application: workers, admission, timeouts, who asks. No word of the domain."""
