INSERT INTO core.refunds SELECT * FROM raw.refunds WHERE dt = '{{ ds }}'
