"""What each page shows, as one documented dataclass, with the function that makes it of a ledger. Templates only lay it out."""
