SELECT *
FROM orders
WHERE day = '{{ ds }}' AND run = '{{ run_id }}';
