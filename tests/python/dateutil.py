from dateutil.relativedelta import relativedelta
from datetime import datetime, date
d = datetime(2024, 1, 31, 10, 30)
[d + relativedelta(months=1), d - relativedelta(months=2), d + relativedelta(years=1, months=1, days=1), d + relativedelta(day=1), d + relativedelta(day=31, months=1), d + relativedelta(hour=0, minute=0), d + relativedelta(weeks=2), d - relativedelta(days=1, hours=3), relativedelta(days=1) + d, d + relativedelta(months=-1), d + relativedelta(months=25)]

from dateutil.relativedelta import relativedelta
from datetime import date
[date(2024, 1, 31) + relativedelta(months=1), date(2024, 3, 31) - relativedelta(months=1), date(2024, 1, 1) + relativedelta(hours=5), date(2024, 2, 29) + relativedelta(years=1)]

from dateutil.relativedelta import relativedelta, MO, FR, SU
from datetime import date
[date(2024, 5, 15) + relativedelta(weekday=MO), date(2024, 5, 15) + relativedelta(weekday=MO(-1)), date(2024, 5, 15) + relativedelta(weekday=FR(2)), date(2024, 5, 13) + relativedelta(weekday=MO), date(2024, 5, 15) + relativedelta(day=31, weekday=FR(-1)), date(2024, 5, 15) + relativedelta(weekday=SU(-2))]

from dateutil.relativedelta import relativedelta
[relativedelta(months=1), relativedelta(days=-1), relativedelta(years=1, months=13), relativedelta(hours=25), relativedelta(weeks=1, days=1), relativedelta(), relativedelta(day=1, hour=5), relativedelta(seconds=90), relativedelta(minutes=-61)]

from dateutil.relativedelta import relativedelta
a, b = relativedelta(months=1, days=2), relativedelta(months=12, hours=1)
[a + b, a - b, -a, a * 2, 3 * a, a == relativedelta(months=1, days=2), bool(relativedelta()), bool(a), a.months, a.days, b.years, relativedelta(days=15).weeks]

from dateutil.relativedelta import relativedelta
relativedelta(months=1.5)

from dateutil.relativedelta import relativedelta
from datetime import date
relativedelta(date(2024, 5, 1), date(2024, 1, 1))
# unknown: ok

from dateutil import parser
[str(parser.parse(t)) for t in ["2024-01-02", "2024-01-02T03:04", "2024-01-02 03:04:05", "2024-01-02T03:04:05.678", "2024-01-02T03:04:05Z", "2024-01-02T03:04:05+00:00"]]

from dateutil import parser
[parser.parse("2024-01-02T03:04:05+02:00"), parser.parse("Jan 2 2024"), parser.parse("20240102")]
# unknown: ok

from dateutil.parser import isoparse, parse
[isoparse("2024-01-02T03:04:05Z"), parse("2024-01-02").date(), parse("2024-01-02").strftime("%d")]

from dateutil import tz
from datetime import datetime
[str(datetime(2024, 7, 1, tzinfo=tz.gettz("Europe/Paris"))), datetime(2024, 7, 1, tzinfo=tz.tzutc()), str(datetime(2024, 7, 1, tzinfo=tz.UTC)), tz.tzutc()]

from dateutil.relativedelta import relativedelta
import pendulum
d = pendulum.datetime(2024, 1, 31, tz="Europe/Paris")
[d + relativedelta(months=1), d - relativedelta(months=1), d + relativedelta(days=60), d + relativedelta(hour=5)]
