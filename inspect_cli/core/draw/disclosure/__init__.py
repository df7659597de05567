"""What may be shown of a draw to those who may not see all of it: ``public-v1`` and ``receipt-v1``, as values and as bytes."""
