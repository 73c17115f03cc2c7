"""The rules of the service, and how the program is put together. Imports nothing: it holds the lowest and highest rooms."""
