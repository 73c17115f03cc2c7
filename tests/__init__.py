"""Facts about the world that the program keeps."""
