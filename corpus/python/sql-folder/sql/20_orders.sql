INSERT INTO core.orders
SELECT * FROM raw.orders WHERE dt = '{{ ds }}'
