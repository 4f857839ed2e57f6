INSERT INTO core.customers SELECT * FROM raw.customers WHERE dt = '{{ ds }}'
