"""What the domain takes without any page: zones and their growth, ledger, plans, towns, start."""
