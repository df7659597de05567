"""Supplementary draws (补充抽取): what stands, what drops out, and the one frame that follows."""
