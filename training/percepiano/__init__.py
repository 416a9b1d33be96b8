"""The impressions model: PercePiano's panel of listeners, predicted from what our transcriber hears."""
