SELECT * FROM customers -- {{ params.team }}
