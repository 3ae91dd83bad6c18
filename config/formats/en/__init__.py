"""English as Casebook writes it: a day before its month, so that no reader takes 10/9 for the other date."""
