"""The report of a take: its measures, impressions of listeners, and the pages that show them."""
