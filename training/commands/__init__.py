"""The commands of `liszten-train`; each imports its modules only when it runs."""
