"""Conversations with people in trouble: auto-dépannage names the cause and the way out."""
