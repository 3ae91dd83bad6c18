"""What proves it: the custody chain, packs, the store of bytes, trusted timestamps."""
