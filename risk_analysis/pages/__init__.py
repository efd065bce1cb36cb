"""The pages of the analyses, one file for each thing a person does."""
