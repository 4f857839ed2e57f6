SELECT id, count(*) AS n
  FROM core.hits
 WHERE dt = '{{ ds }}'
 GROUP BY id ORDER BY n DESC LIMIT 10
