"""What becomes of a page: text to text, then HTML to HTML. No module here knows the generator."""
