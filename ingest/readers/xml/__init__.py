"""XML: D.C. law, USLM, and the text of anything else."""
