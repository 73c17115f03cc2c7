"""What people do, one file each: what is asked and what is known -> effects. No action writes or sends anything itself."""
