import pytz
from datetime import datetime, timedelta
p = pytz.timezone("Europe/Paris")
a = p.localize(datetime(2024, 7, 1, 12))
(str(a), a.utcoffset(), a.tzname(), a.astimezone(pytz.utc), str(a.astimezone(pytz.timezone("US/Eastern"))), a.isoformat(), str(p), p.zone)

import pytz
from datetime import datetime
[datetime(2024, 1, 1, tzinfo=pytz.utc), str(datetime(2024, 1, 1, tzinfo=pytz.UTC)), pytz.utc, str(pytz.utc), pytz.utc.localize(datetime(2024, 1, 1)), pytz.timezone("UTC") is pytz.utc]

import pytz
pytz.timezone("Nowhere/Land")

import pytz
from datetime import datetime
str(datetime(2024, 1, 1, tzinfo=pytz.timezone("Europe/Paris")))
# unknown: ok

import pytz
from datetime import datetime
str(datetime(2024, 1, 1).replace(tzinfo=pytz.timezone("Europe/Paris")))
# unknown: ok

import pytz
from datetime import datetime, timedelta
p = pytz.timezone("Europe/Paris")
a = p.localize(datetime(2024, 3, 30, 12))
str(a + timedelta(days=1))
# unknown: ok

import pytz
from datetime import datetime, timedelta
p = pytz.timezone("Europe/Paris")
a = p.localize(datetime(2024, 3, 30, 12))
str(p.normalize(a + timedelta(days=1)))
# unknown: ok

import pytz
from datetime import datetime, timedelta
p = pytz.timezone("Europe/Paris")
str(p.localize(datetime(2024, 5, 30, 12)) + timedelta(days=1))

import pytz
from datetime import datetime
pytz.timezone("Europe/Paris").localize(datetime(2024, 1, 1, tzinfo=pytz.utc))

import pytz
from datetime import datetime
str(pytz.FixedOffset(90).localize(datetime(2024, 1, 1)))

import pytz
from datetime import datetime
datetime.now(pytz.timezone("Europe/Paris")).tzinfo.zone
