"""Speed beside Dovecot, measured in one run on one machine: `./bench/run`. Ratios count, never seconds."""
