-- name: store_flaw
-- What is wrong with the database itself: the server looks at a page's checksum whenever it reads it.
SELECT 'ok';
