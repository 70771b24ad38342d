"""Who sends the patient to us, and where the patient goes next: no referral is ever lost."""
