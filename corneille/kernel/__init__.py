"""What every noun stands on: ids, refusals, settings, the clock, keys, blobs and wake-ups."""
