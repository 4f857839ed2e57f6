from datetime import date, datetime, timedelta

from airflow import DAG
from airflow.providers.amazon.aws.operators.athena import AthenaOperator

cutoff = date(2025, 3, 9)
ratio = 0.0725
rows = 12345678
width = 10
name = "o'brien"
window = timedelta(days=1, hours=2, minutes=3)

QUERY = f"""
-- {rows:,} rows, {ratio:.1%} sampled, {rows:_d} ids, hex {255:#06x}, bin {5:08b}, sci {rows:.3e}, auto {ratio:g}
-- |{name:>{width}}|{name:<{width}}|{name:^{width}}|{'x':*^9}|{3.14159:{width}.2f}|{-5:+d}|{5:+d}|
-- {name!r} {name!s} {cutoff!r} {ratio=} {rows = :,}
-- {cutoff:%d.%m.%Y} {datetime(2025, 1, 2, 3, 4, 5):%Y-%m-%dT%H:%M:%S} {window} {cutoff - timedelta(days=10)}
-- {'yes' if rows > 10 else 'no'} {[n * n for n in range(4)]} {dict(a=1)['a']} {(lambda v: v + 1)(41)}
-- {{literal}} {{{rows}}} {True} {None} {1_000.0} {1e21} {1e-7} {10 / 4} {7 // 2} {-7 // 2} {-7 % 3} {2 ** 10}
SELECT * FROM t TABLESAMPLE BERNOULLI ({ratio * 100:.2f})
 WHERE d >= DATE '{cutoff.isoformat()}' AND p = '{{{{ ds }}}}' AND q = '{{{{ macros.ds_add(ds, -{width}) }}}}'
"""

with DAG(f"formats_{width:03d}", start_date=datetime(2025, 1, 1), schedule=f"{5:d} {width // 2} * * *", catchup=False):
    AthenaOperator(
        task_id=f"sample_{ratio:.0%}".replace("%", "pct"), query=QUERY, database="db", output_location="s3://results/"
    )
