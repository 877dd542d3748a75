-- Whether a cold store is warmer than it may be.
is_too_warm(celsius) = celsius > 5
