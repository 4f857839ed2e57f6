SELECT *
FROM b
WHERE ds = {{ ds }}
