"""What is printed: a letter of one page, a fax cover sheet, what goes over the fax; and how many pages came in."""
