"""How the shipped scorer was made: the corpus, the training and the measuring."""
