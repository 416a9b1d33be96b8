"""The impressions model: PercePiano's panel of listeners, predicted from our transcriptions."""
