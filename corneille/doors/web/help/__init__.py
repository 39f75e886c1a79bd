"""« Je n'arrive pas à me connecter »: auto-dépannage, without being signed in, on a phone first."""
