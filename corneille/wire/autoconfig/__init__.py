"""What mail programs read to set themselves up: Mozilla's file, Microsoft's answer, Apple's profile, DNS records, a QR code.

All from one `Offer`, so that no two of them ever disagree. None says whether an address exists.
"""
