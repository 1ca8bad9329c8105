"""What a question names of a library, and how it is to be searched for that."""
