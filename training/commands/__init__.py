"""The commands of `liszten-train`, each with what it works with loaded only when it runs."""
