"""What tests are made from; named by purpose, and nothing here asserts."""
