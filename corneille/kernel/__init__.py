"""What every noun stands on: ids, refusals, settings, the clock, keys, blobs, wake-ups, notices to send and the journal."""
