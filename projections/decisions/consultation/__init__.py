"""How others were heard on a question, what was done with it, and what was promised: a part of the read model of decisions."""
