"""Drawings as numbers: what stands where. Templates turn them into SVG and decide nothing."""
