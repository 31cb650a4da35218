"""The log as outsiders check it, without input or output. Read: hashing, tree, tiles, notes, checkpoints, cosigning, proofs; then policies, policy_file, witnessing."""
