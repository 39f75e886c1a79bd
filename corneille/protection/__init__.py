"""Judgements on messages: signs of deception, reports of phishing, campaigns and their removal, incidents."""
