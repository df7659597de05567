"""Stage 3, draw: draw-v1, from a sealed frame and public randomness to the one list of visits that they allow."""
