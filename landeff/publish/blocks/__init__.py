"""Contiguous blocks of stock land (集中连片地块): their words, their fields, and files of their own."""
