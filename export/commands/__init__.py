"""The commands of `liszten-export`, each with what it works with loaded only when it runs."""
