"""双随机、一公开: double random inspections, drawn from a public seed and verifiable by anybody."""
