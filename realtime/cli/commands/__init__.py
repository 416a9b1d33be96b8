"""The commands of `liszten`, each with what it works with loaded only when it runs."""
