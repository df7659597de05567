"""Stage 7, verify: the checks of draw-v1 on a bundle, each with its verdict; it knows canonical, merkle and draw alone."""
