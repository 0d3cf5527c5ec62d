"""Files on the disk: replaced in one step, locked, told apart by their stamps."""
