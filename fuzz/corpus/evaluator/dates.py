from datetime import datetime, timedelta, date
import re, json
d = datetime(2024, 2, 29, 6, 30) + timedelta(days=-1, hours=25)
e = d.isoformat(), d.strftime("%Y-%m-%dT%H"), (d - datetime(2024, 1, 1)).total_seconds(), date(2024, 1, 1).weekday()
m = re.sub(r"(\w+)-(?P<n>\d+)", r"\2\g<n>", "a-1 b-22")
j = json.loads('{"a": [1, 2.5e3, null]}'), json.dumps({"b": (1, True)}, indent=1, sort_keys=True)
