from datetime import date, datetime, time, timedelta, timezone
d = date(2024, 2, 29)
(d, str(d), d.isoformat(), d.year, d.month, d.day, d.weekday(), d.isoweekday(), tuple(d.isocalendar()), d.toordinal(), d.strftime("%d/%m/%y %A %B"))

from datetime import date
(date(2024, 2, 29).replace(year=2023, day=28), date.min, date.max, date.fromisoformat("2024-03-01"), date.fromisoformat("20240301"), date.fromordinal(738000))

from datetime import date
date(2023, 2, 29)

from datetime import date
date(2023, 13, 1)

from datetime import date
date(0, 1, 1)

from datetime import date
date(2023, 1)

from datetime import date
date(2023, 1, "1")

from datetime import date
date(2023, 1, 1.0)

from datetime import date
date.fromisoformat("2024-3-1")

from datetime import date
date(2024, 2, 29).replace(year=2023)

from datetime import date, timedelta
(date(2024, 3, 1) - timedelta(days=1), date(2024, 3, 1) - date(2024, 1, 1), date(2024, 3, 1) + timedelta(hours=23), date(2024, 3, 1) + timedelta(hours=25), timedelta(1) + date(2024, 1, 1), date(2024, 1, 1) < date(2024, 1, 2), date(2024, 1, 1) == date(2024, 1, 1), date(2024, 1, 1) != 5)

from datetime import date
date(2024, 1, 1) < 5

from datetime import date, timedelta
date.max + timedelta(1)

from datetime import date, datetime
date(2024, 1, 1) < datetime(2024, 1, 1)

from datetime import date, datetime
(date(2024, 1, 1) == datetime(2024, 1, 1), isinstance(datetime(2024, 1, 1), date), isinstance(date(2024, 1, 1), datetime))

from datetime import date, timedelta
timedelta(1) - date(2024, 1, 1)

from datetime import date
date(2024, 1, 1) + date(2024, 1, 1)

from datetime import date
[f"{date(2024, 1, 5):%Y/%m}", f"{date(2024, 1, 5)}", format(date(2024, 1, 5), ""), "{:%j}".format(date(2024, 12, 31))]

from datetime import date
{date(2024, 1, 1): 1, date(2024, 1, 2): 2}[date(2024, 1, 2)]

from datetime import date
sorted([date(2024, 3, 1), date(2024, 1, 1), date(2024, 2, 1)])

from datetime import datetime
d = datetime(2024, 2, 29, 13, 5, 9, 123456)
(d, str(d), d.isoformat(), d.isoformat(" "), d.isoformat(timespec="minutes"), d.isoformat(timespec="milliseconds"), d.date(), d.time(), d.hour, d.minute, d.second, d.microsecond, d.tzinfo, d.fold)

from datetime import datetime
(datetime(2024, 1, 1), datetime(2024, 1, 1, 5), datetime(2024, 1, 1, 5, 6), datetime(2024, 1, 1, 5, 6, 7), datetime(2024, 1, 1, 0, 0, 0, 8), datetime(year=2024, month=1, day=1, minute=3))

from datetime import datetime
[str(datetime(2024, 1, 1)), str(datetime(2024, 1, 1, 5, 6)), str(datetime(2024, 1, 1, microsecond=5)), datetime(2024, 1, 1).isoformat()]

from datetime import datetime
datetime(2024, 1, 1, 24)

from datetime import datetime
datetime(2024, 1, 1, 0, 60)

from datetime import datetime
datetime(2024, 1, 1, 0, 0, 60)

from datetime import datetime
datetime(2024, 1, 1, 0, 0, 0, 1000000)

from datetime import datetime
datetime(2024, 1, 1, 5, 6, 7, 8, 9)

from datetime import datetime
datetime("2024-01-01")

from datetime import datetime
datetime(2024, 1, 1, hours=5)

from datetime import datetime
datetime(2024, 1, 1).isoformat(timespec="days")

from datetime import datetime, timedelta
a, b = datetime(2024, 3, 1, 12), datetime(2024, 2, 28, 13, 30)
(a - b, b - a, a - timedelta(days=1, minutes=1), a + timedelta(weeks=2), a > b, a >= a, a == a, (a - b).total_seconds(), (a - b).days, (b - a).days, max(a, b), a.replace(hour=0), a.replace(month=2, day=29))

from datetime import datetime
datetime(2024, 3, 31).replace(month=2)

from datetime import datetime, timezone, timedelta
a = datetime(2024, 3, 1, 12, tzinfo=timezone.utc)
(a, str(a), a.isoformat(), a.tzinfo, a.tzname(), a.utcoffset(), a.timestamp(), a.astimezone(timezone(timedelta(hours=2))), a.astimezone(timezone(timedelta(hours=-3, minutes=-30))), a.replace(tzinfo=None))

from datetime import datetime, timezone, timedelta
a = datetime(2024, 3, 1, 12, tzinfo=timezone(timedelta(hours=5, minutes=30)))
b = datetime(2024, 3, 1, 6, 30, tzinfo=timezone.utc)
(a == b, a - b, a < b, str(a), a.strftime("%z %Z"), a.timestamp(), a.date(), a.timetz())

from datetime import datetime, timezone
datetime(2024, 3, 1, tzinfo=timezone.utc) - datetime(2024, 3, 1)

from datetime import datetime, timezone
datetime(2024, 3, 1, tzinfo=timezone.utc) < datetime(2024, 3, 1)

from datetime import datetime, timezone
datetime(2024, 3, 1, tzinfo=timezone.utc) == datetime(2024, 3, 1)

from datetime import datetime
datetime(2024, 3, 1, tzinfo="UTC")

from datetime import datetime, timedelta, timezone
[timezone.utc, timezone(timedelta(hours=1)), timezone(timedelta(hours=-1)), timezone(timedelta(minutes=90), "X"), timezone(timedelta(0))]

from datetime import timedelta, timezone
[str(timezone.utc), str(timezone(timedelta(hours=1))), str(timezone(timedelta(hours=-1))), str(timezone(timedelta(minutes=90), "X")), timezone.utc == timezone(timedelta(0)), timezone.utc.utcoffset(None), timezone(timedelta(hours=1)).tzname(None)]

from datetime import timedelta, timezone
timezone(timedelta(hours=24))

from datetime import timezone
timezone(5)

from datetime import datetime
d = datetime(2024, 2, 29, 13, 5, 9, 123456)
[d.strftime(f) for f in ["%a %A %b %B %d %e %f %H %I %j %m %M %p %S %u %U %V %w %W %y %Y %%", "%c", "%x", "%X", "%D", "%F", "%T", "%R", "%r", "%h", "%n|%t", "%G-W%V-%u", "%C", "%k|%l|%P", "%-d/%-m/%-I", "%Y%m%dT%H%M%S", "plain", "", "é%Yü", "%s"]]

from datetime import datetime
d = datetime(2024, 1, 1)
[d.strftime(f) for f in ["%U %W %V %G %j", "%I %p %l", "%-H %-M %-j", "%g"]]

from datetime import datetime
[datetime(y, 1, 1).strftime("%U %W %V %G %g %a") for y in range(2000, 2030)]

from datetime import datetime
[datetime(y, 12, 31).strftime("%U %W %V %G %j") for y in range(2000, 2030)]

from datetime import datetime
f"{datetime(2024, 5, 6, 7, 8):%Y-%m-%d %H:%M} {datetime(2024, 5, 6)!s} {datetime(2024, 5, 6)!r}"

from datetime import datetime
[datetime.strptime("2024-02-29", "%Y-%m-%d"), datetime.strptime("29/02/24 13:05", "%d/%m/%y %H:%M"), datetime.strptime("1 Jan 1999 01:02:03 PM", "%d %b %Y %I:%M:%S %p"), datetime.strptime("12 AM", "%I %p"), datetime.strptime("12 PM", "%I %p"), datetime.strptime("2024-060", "%Y-%j"), datetime.strptime("20240229T010203", "%Y%m%dT%H%M%S"), datetime.strptime("1.5", "%S.%f"), datetime.strptime("Monday, March 4, 2024", "%A, %B %d, %Y"), datetime.strptime("mon mar 4", "%a %b %d")]

from datetime import datetime
[datetime.strptime("2024-01-01T00:00:00+0100", "%Y-%m-%dT%H:%M:%S%z"), datetime.strptime("2024-01-01 +01:30", "%Y-%m-%d %z"), datetime.strptime("2024-01-01Z", "%Y-%m-%d%z"), datetime.strptime("2024 -05:00", "%Y %z")]

from datetime import datetime
[datetime.strptime("68", "%y").year, datetime.strptime("69", "%y").year, datetime.strptime("5/3", "%m/%d"), datetime.strptime("  5   6", "%d %m"), datetime.strptime("100%", "%d0%%") if False else 1, datetime.strptime("9:5", "%H:%M")]

from datetime import datetime
datetime.strptime("2024-02-30", "%Y-%m-%d")

from datetime import datetime
datetime.strptime("2024-2", "%Y-%m-%d")

from datetime import datetime
datetime.strptime("2024-02-29x", "%Y-%m-%d")

from datetime import datetime
datetime.strptime("24-02-29", "%Y-%m-%d")

from datetime import datetime
datetime.strptime("2024-13-01", "%Y-%m-%d")

from datetime import datetime
datetime.strptime("2024-01-01 25:00", "%Y-%m-%d %H:%M")

from datetime import datetime
datetime.strptime(5, "%Y")

from datetime import datetime
[datetime.fromisoformat(t) for t in ["2024-01-01", "2024-01-01T05:06", "2024-01-01 05:06:07", "2024-01-01T05:06:07.123", "2024-01-01T05:06:07.123456", "2024-01-01T05:06:07+02:00", "2024-01-01T05:06:07Z", "20240101", "20240101T050607", "2024-01-01T05", "2024-01-01T05:06:07-00:30"]]

from datetime import datetime
datetime.fromisoformat("2024-01-01T5:06")

from datetime import datetime
datetime.fromisoformat("hello")

from datetime import datetime
datetime.fromisoformat("2024-01-32")

from datetime import datetime, date, time
[datetime.combine(date(2024, 1, 1), time(5, 6)), datetime.combine(datetime(2024, 1, 1, 9), time()), datetime.combine(date(2024, 1, 1), datetime.min.time()), datetime.min, datetime.max, datetime.combine(date(2024, 1, 1), datetime.max.time())]

from datetime import datetime, date, time, timezone
[datetime.combine(date(2024, 1, 1), time(5, tzinfo=timezone.utc)), datetime.combine(date(2024, 1, 1), time(5), tzinfo=timezone.utc), datetime.combine(date(2024, 1, 1), time(5), timezone.utc)]

from datetime import datetime, date
datetime.combine(date(2024, 1, 1), "05:00")

from datetime import datetime, timezone
[datetime.utcfromtimestamp(0), datetime.fromtimestamp(0, timezone.utc), datetime.fromtimestamp(1e9, tz=timezone.utc), datetime.fromtimestamp(1.5, timezone.utc), datetime.utcfromtimestamp(1700000000), datetime.fromtimestamp(-1, timezone.utc)]

from datetime import time
[time(), time(5), time(5, 6, 7, 8), str(time(5, 6)), time(5, 6).isoformat(), time(23, 59, 59, 999999).isoformat(), time(5, 6, 7).strftime("%H:%M:%S"), time(5).replace(minute=3), time.min, time.max, time.fromisoformat("05:06:07"), time.fromisoformat("05:06"), time(5) < time(6), time(5) == time(5, 0), bool(time(0)), f"{time(7, 8):%H.%M}"]

from datetime import time
time(24)

from datetime import time, timezone
[time(5, tzinfo=timezone.utc), str(time(5, tzinfo=timezone.utc)), time(5, tzinfo=timezone.utc).isoformat()]

from datetime import timedelta
[timedelta(), timedelta(1), timedelta(days=1, hours=2), timedelta(hours=25), timedelta(seconds=-1), timedelta(weeks=1, minutes=1), timedelta(milliseconds=1500), timedelta(microseconds=1), timedelta(days=0.5), timedelta(hours=1.5), timedelta(days=1.1), timedelta(seconds=0.1), timedelta(minutes=1/3), timedelta(days=True)]

from datetime import timedelta
[str(timedelta()), str(timedelta(1)), str(timedelta(2, 3661)), str(timedelta(seconds=-1)), str(timedelta(days=-2, hours=3)), str(timedelta(microseconds=15)), str(timedelta(hours=10, minutes=5))]

from datetime import timedelta
[repr(timedelta()), repr(timedelta(microseconds=5)), repr(timedelta(-1)), repr(timedelta(1, 2, 3)), repr(timedelta(seconds=5))]

from datetime import timedelta
a, b = timedelta(days=1, hours=12), timedelta(hours=7)
[a + b, a - b, b - a, a * 2, 3 * b, a / 2, a // 2, a / b, a // b, a % b, divmod(a, b), -a, +a, abs(-a), a * 1.5, a / 1.5, a > b, a == timedelta(hours=36), a.days, a.seconds, a.microseconds, a.total_seconds(), bool(timedelta()), bool(a)]

from datetime import timedelta
[timedelta(microseconds=5) / 2, timedelta(microseconds=7) / 2, timedelta(microseconds=-5) / 2, timedelta(microseconds=-7) // 2, timedelta(microseconds=3) * 0.5, timedelta(microseconds=-5) // 2, timedelta(seconds=1) / 3, timedelta(1) / -7, timedelta(-1) // 7]

from datetime import timedelta
timedelta(1) / 0

from datetime import timedelta
timedelta(1) / timedelta()

from datetime import timedelta
timedelta(1) + 1

from datetime import timedelta
timedelta("1")

from datetime import timedelta
timedelta(days=10**10)

from datetime import timedelta
timedelta(days=None)

from datetime import timedelta
timedelta(foo=1)

from datetime import timedelta
timedelta(1) < 5

from datetime import timedelta
sum([timedelta(1), timedelta(2)], timedelta())

from datetime import timedelta
[timedelta.min, timedelta.max, timedelta.resolution, max(timedelta(1), timedelta(2)), timedelta(days=999999999)]

from datetime import timedelta
timedelta.max + timedelta(1)

import datetime
[datetime.MINYEAR, datetime.MAXYEAR, datetime.datetime(2024, 1, 1), datetime.timedelta(1), datetime.timezone.utc, datetime.date(2024, 1, 1), type(datetime.datetime(2024, 1, 1)), type(datetime.timedelta(1)).__name__]

import datetime as dt
dt.datetime(2024, 1, 1, 0, 0) + dt.timedelta(minutes=61) * 3

from datetime import datetime, timedelta
[(datetime(2024, 1, 31) + timedelta(days=d)).strftime("%Y%m%d") for d in range(0, 400, 37)]

from datetime import datetime
[type(datetime(2024, 1, 1).date()).__name__, isinstance(datetime(2024, 1, 1), datetime), datetime(2024, 1, 1).weekday(), datetime(2024, 1, 1).isoweekday(), tuple(datetime(2024, 12, 30).isocalendar()), datetime(2024, 5, 6).toordinal(), datetime(2024, 12, 30).isocalendar()[1]]

from datetime import datetime, timezone
[datetime(2024, 1, 1, tzinfo=timezone.utc).utctimetuple().tm_year, datetime(2024, 1, 1).timetuple().tm_yday]
# unknown: ok

from datetime import datetime
datetime(2024, 1, 1).nope
# unknown: ok

from datetime import datetime
datetime.nope
# unknown: ok

from datetime import datetime
datetime(2024, 1, 1).year = 5

from datetime import date
[date(2024, 12, 30).isocalendar(), date(2024, 12, 30).isocalendar() == (2025, 1, 1), len(date(2024, 12, 30).isocalendar())]

from datetime import date
date(2024, 12, 30).isocalendar().week

from datetime import date
date(2024, 1, 1).ctime()
# unknown: ok

from zoneinfo import ZoneInfo
from datetime import datetime, timedelta, timezone
a = datetime(2024, 3, 30, 12, tzinfo=ZoneInfo("Europe/Berlin"))
(a, str(a), a.utcoffset(), a.tzname(), a + timedelta(days=1), (a + timedelta(days=1)).utcoffset(), a.astimezone(timezone.utc), a.tzinfo, str(a.tzinfo), a.tzinfo.key, a.strftime("%Z %z"), a.dst() if False else 0)

from zoneinfo import ZoneInfo
from datetime import datetime, timedelta
b = ZoneInfo("Europe/Berlin")
[str(datetime(2024, 3, 31, 2, 30, tzinfo=b)), str(datetime(2024, 10, 27, 2, 30, tzinfo=b)), str(datetime(2024, 10, 27, 2, 30, fold=1, tzinfo=b)), repr(datetime(2024, 10, 27, 2, 30, fold=1, tzinfo=b)), str(datetime(2024, 3, 31, 2, 30, fold=1, tzinfo=b))]

from zoneinfo import ZoneInfo
from datetime import datetime
(datetime(2024, 7, 1, tzinfo=ZoneInfo("America/New_York")) - datetime(2024, 7, 1, tzinfo=ZoneInfo("Europe/Paris")), datetime(2024, 7, 1, 6, tzinfo=ZoneInfo("Europe/Paris")) == datetime(2024, 7, 1, tzinfo=ZoneInfo("America/New_York")))

from zoneinfo import ZoneInfo
from datetime import datetime, timezone
[datetime(2024, 7, 1, 4, tzinfo=timezone.utc).astimezone(ZoneInfo(z)) for z in ["UTC", "Asia/Tokyo", "Asia/Kolkata", "US/Eastern", "Etc/UTC", "America/Sao_Paulo"]]

from zoneinfo import ZoneInfo
[repr(ZoneInfo("UTC")), str(ZoneInfo("UTC")), ZoneInfo("UTC") == ZoneInfo("UTC"), ZoneInfo("Europe/Berlin").utcoffset(None), ZoneInfo("UTC").key]

from zoneinfo import ZoneInfo
ZoneInfo("Mars/Olympus")

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError
try:
    ZoneInfo("Mars/Olympus")
except ZoneInfoNotFoundError as e:
    found = isinstance(e, KeyError)
found

from datetime import datetime
from zoneinfo import ZoneInfo
datetime.now(ZoneInfo("Europe/Berlin")).tzinfo.key

from datetime import datetime, timezone
(datetime.now(timezone.utc).tzinfo, datetime.utcnow().tzinfo, datetime.now().tzinfo, type(datetime.now()) is datetime, datetime.today() > datetime(1960, 1, 1))

from datetime import tzinfo, timedelta
class Zone(tzinfo):
    def utcoffset(self, dt):
        return timedelta(hours=1)
isinstance(Zone(), tzinfo)
# unknown: ok

from datetime import datetime
class Later(datetime):
    pass
Later(2024, 1, 1).year
# unknown: ok

from datetime import time, timezone, timedelta
a, b = time(5, tzinfo=timezone.utc), time(6, tzinfo=timezone(timedelta(hours=1)))
(a == b, a < b, a == time(5), {a: 1}.get(b))

from datetime import time, timezone
time(5, tzinfo=timezone.utc) < time(5)

from datetime import date, datetime, timedelta
[date.fromisoformat("2024-W01-1"), date.fromisoformat("2024-W05"), date.fromisoformat("2024W053"), datetime.fromisoformat("2020-W53-7"), timedelta(microseconds=-719454, milliseconds=-12, weeks=32975).total_seconds(), timedelta(milliseconds=-1, weeks=-546670).total_seconds(), datetime.fromordinal(738000)]

from datetime import date
date.fromisoformat("2023-W53-1")
