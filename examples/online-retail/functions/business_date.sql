-- The shop's day of a point in time.
business_date(at) = to_date(from_utc_timestamp(at, 'Europe/London'))
