"""The commands of `liszten-export`; each imports its modules only when it runs."""
