"""What can be said of a take once it is played: measures, impressions, and the report that shows them."""
