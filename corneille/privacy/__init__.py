"""What is kept of people: the register of processing, and what stands in it for one person."""
