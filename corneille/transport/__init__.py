"""Messages on their way: in from outside, between colleagues, out to the world.

accept   what another server or LMTP brings, filed before it is acknowledged
submit   what one of our people writes: rights checked, colleagues served at once, the outside queued
relay    drains the queue: smart host or mail exchangers, retries, bounces
An acknowledged message is either filed or in the durable queue; nothing is acknowledged before.
"""
