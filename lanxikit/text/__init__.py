"""Text with its way back to the source: width folding and offset maps."""
