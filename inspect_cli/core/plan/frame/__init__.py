"""The frame (名录库快照): who can be drawn, who cannot and why, and who can visit."""
