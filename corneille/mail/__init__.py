"""Mail accounts, mailboxes and messages.

An operation that reads is a plain function or a generator of slices, safe to run inline on a loop; one that changes
mail returns a `concurrent.futures.Future` that resolves after the commit is durable, or carries a Refusal.
"""
