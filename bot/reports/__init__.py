"""The digest in its forms. A report formats figures; it never computes one."""
