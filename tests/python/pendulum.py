import pendulum
[pendulum.datetime(2021, 1, 1), pendulum.datetime(2021, 1, 1, tz="UTC"), pendulum.datetime(2021, 1, 1, 5, 6, 7, 8, tz="Europe/Paris"), pendulum.datetime(2021, 1, 1, tz=2), pendulum.datetime(2021, 1, 1, tz=5.5), pendulum.datetime(2021, 1, 1, tz=None), pendulum.datetime(2021, 1, 1, tz="local").year, pendulum.naive(2021, 1, 1), pendulum.DateTime(2021, 1, 1), pendulum.datetime(2021, 1, 1, tz=pendulum.timezone("Asia/Tokyo"))]

import pendulum
[str(pendulum.datetime(2021, 1, 1)), str(pendulum.datetime(2021, 7, 1, tz="Europe/Paris")), f"{pendulum.datetime(2021, 1, 1)}", pendulum.datetime(2021, 1, 1).isoformat(), str(pendulum.naive(2021, 1, 1, 5)), f"{pendulum.datetime(2021, 1, 2):YYYY/MM/DD}", f"{pendulum.datetime(2021, 1, 2):%d.%m.%Y}", str(pendulum.datetime(2021, 1, 1, microsecond=5))]

import pendulum
pendulum.datetime(2021, 2, 30)

import pendulum
pendulum.datetime(2021, 1, 1, tz="Nowhere/Land")

import pendulum
pendulum.timezone("Nowhere/Land")

import pendulum
pendulum.datetime("2021-01-01")

import pendulum
[pendulum.datetime(2021, 3, 28, 2, 30, tz="Europe/Paris"), pendulum.datetime(2021, 10, 31, 2, 30, tz="Europe/Paris"), str(pendulum.datetime(2021, 10, 31, 2, 30, tz="Europe/Paris")), str(pendulum.datetime(2021, 10, 31, 2, 30, tz="Europe/Paris", fold=0)), pendulum.datetime(2021, 3, 28, 2, 30, tz="Europe/Paris", fold=0)]

import pendulum
d = pendulum.datetime(2021, 5, 19, 13, 45, 59, 123456, tz="Europe/Paris")
[d.add(days=1), d.add(months=1), d.add(years=1, months=2, weeks=1, days=3, hours=4, minutes=5, seconds=6, microseconds=7), d.subtract(days=20), d.subtract(months=3), d.add(hours=12), d.subtract(minutes=90), d.add(months=9), d.add(weeks=-1), d.add(seconds=1.5), d.add()]

import pendulum
d = pendulum.datetime(2021, 1, 31)
[d.add(months=1), d.add(months=13), d.subtract(months=2), d.add(years=3, months=1), pendulum.datetime(2020, 2, 29).add(years=1), d.subtract(months=11), d.subtract(months=12), d.subtract(months=25)]

import pendulum
d = pendulum.datetime(2021, 3, 27, 12, tz="Europe/Paris")
[d.add(days=1), d.add(hours=24), d.add(days=1).offset, d.add(hours=24).offset, str(d.add(days=1, hours=1)), d.subtract(hours=24)]

import pendulum
from datetime import timedelta
d = pendulum.datetime(2021, 3, 27, 12, tz="Europe/Paris")
[d + timedelta(days=1), d - timedelta(days=100), d + pendulum.duration(days=1), d - pendulum.duration(days=1, hours=2), d + pendulum.duration(hours=24), d + pendulum.duration(months=1), d - pendulum.duration(months=1, days=1), timedelta(hours=1) + d, pendulum.duration(hours=2) + d]

import pendulum
d = pendulum.datetime(2021, 5, 19, 13, 45, 59, 123456, tz="Europe/Paris")
[d.start_of(u) for u in ["second", "minute", "hour", "day", "week", "month", "year", "decade", "century"]]

import pendulum
d = pendulum.datetime(2021, 5, 19, 13, 45, 59, 123456, tz="Europe/Paris")
[d.end_of(u) for u in ["second", "minute", "hour", "day", "week", "month", "year", "decade", "century"]]

import pendulum
[pendulum.datetime(2021, 5, 17).start_of("week"), pendulum.datetime(2021, 5, 23, 1).end_of("week"), pendulum.datetime(2020, 2, 5).end_of("month"), pendulum.datetime(2000, 1, 1).start_of("century"), pendulum.datetime(2001, 1, 1).start_of("century")]

import pendulum
pendulum.datetime(2021, 1, 1).start_of("fortnight")

import pendulum
d = pendulum.datetime(2021, 5, 19, 13, 45, tz="Europe/Paris")
[d.next(), d.next(pendulum.FRIDAY), d.previous(pendulum.MONDAY), d.next(pendulum.WEDNESDAY, keep_time=True), d.first_of("month"), d.last_of("month"), d.first_of("month", pendulum.MONDAY), d.last_of("month", pendulum.FRIDAY), d.first_of("quarter"), d.last_of("quarter", pendulum.SUNDAY), d.first_of("year", pendulum.TUESDAY), d.last_of("year")]

import pendulum
d = pendulum.datetime(2021, 5, 19, 13, 45, 59, tz="Europe/Paris")
[d.in_timezone("UTC"), d.in_tz("Asia/Tokyo"), d.in_timezone(pendulum.timezone("America/New_York")), d.in_tz(2), d.set(hour=0, minute=5), d.set(tz="UTC"), d.replace(day=1, microsecond=3), d.replace(tzinfo=None), d.on(2022, 1, 2), d.at(1), d.at(1, 2, 3, 4), d.naive(), d.astimezone(pendulum.timezone("UTC"))]

import pendulum
pendulum.naive(2021, 1, 1).in_timezone("Europe/Paris")

import pendulum
d = pendulum.datetime(2021, 5, 19, 13, 45, 59, 123456, tz="Europe/Paris")
[int(d.day_of_week), d.day_of_year, d.week_of_year, d.week_of_month, d.days_in_month, d.quarter, d.offset, d.offset_hours, d.timestamp(), d.int_timestamp, d.float_timestamp, d.timezone_name, d.timezone, d.tz, d.is_utc(), d.is_leap_year(), d.year, d.month, d.hour, d.weekday(), d.isoweekday(), d.tzname(), d.utcoffset(), d.get_offset(), d.toordinal()]

import pendulum
[pendulum.datetime(2021, m, 1).week_of_month for m in range(1, 13)], [pendulum.datetime(2021, m, 28).week_of_month for m in range(1, 13)], [int(pendulum.datetime(2021, 1, x).day_of_week) for x in range(1, 8)]

import pendulum
d = pendulum.datetime(2021, 5, 19, 13, 45, 59, 123456, tz="Europe/Paris")
[d.to_date_string(), d.to_time_string(), d.to_datetime_string(), d.to_iso8601_string(), d.to_rfc3339_string(), d.to_atom_string(), d.to_cookie_string(), d.to_rfc822_string(), d.to_rfc850_string(), d.to_rfc1036_string(), d.to_rfc1123_string(), d.to_rfc2822_string(), d.to_rss_string(), d.to_w3c_string(), d.to_day_datetime_string(), d.to_formatted_date_string(), pendulum.datetime(2021, 1, 1).to_iso8601_string()]

import pendulum
d = pendulum.datetime(2021, 5, 9, 3, 4, 5, 678901, tz="Europe/Paris")
[d.format(f) for f in ["YYYY-MM-DD", "YY Y", "Q Qo", "MMMM MMM MM M Mo", "DD D Do", "DDDD DDD DDDo", "dddd ddd dd d", "E", "HH H hh h", "mm m ss s", "S SS SSS SSSS SSSSS SSSSSS", "X x", "A a", "zz z Z ZZ", "LTS", "LT", "L", "LL", "LLL", "LLLL", "[Today is] dddd", "\\d\\a\\y", "w W wo", "plain text", "YYYYMMDD_HHmmss", "YYYY-[W]WW"]]

import pendulum
[pendulum.datetime(2021, 1, x).format("Do") for x in (1, 2, 3, 4, 11, 12, 13, 21, 22, 23, 31)], pendulum.datetime(2021, 1, 1, 0).format("h hh A"), pendulum.datetime(2021, 1, 1, 12).format("h A"), pendulum.datetime(2021, 1, 1, tz=-3.5).format("Z ZZ z zz")

import pendulum
[pendulum.parse(t) for t in ["2021-01-01", "2021-01-01T10:20:30", "2021-01-01 10:20:30", "2021-01-01T10:20:30Z", "2021-01-01T10:20:30+02:00", "2021-01-01T10:20:30.123", "2021-01-01T10:20", "20210101", "20210101T102030", "2021-01", "2021", "2021-01-01T10:20:30-0530", "2021-01-01T10"]]

import pendulum
[pendulum.parse("2021-01-01", tz="Europe/Paris"), pendulum.parse("2021-01-01T05:00:00", tz="Asia/Tokyo"), pendulum.parse("2021-01-01T05:00:00Z", tz="Asia/Tokyo"), pendulum.parse("2021-07-01", tz=pendulum.timezone("US/Eastern"))]

import pendulum
[pendulum.parse(t) for t in ["2021-W05", "10:20", "P1D", "2021-001", "yesterday", "2021-13-01"]]
# unknown: ok

import pendulum
[pendulum.timezone("Europe/Paris"), pendulum.timezone("UTC"), pendulum.timezone("utc"), pendulum.timezone(3600), pendulum.UTC, pendulum.tz.timezone("US/Eastern") if False else 1, pendulum.timezone("Europe/Paris").name, str(pendulum.timezone("Europe/Paris")), pendulum.timezone("Europe/Paris") == pendulum.timezone("Europe/Paris"), pendulum.timezone(-5400), pendulum.Timezone("Asia/Tokyo")]

import pendulum
[repr(pendulum.duration(days=1)), pendulum.duration(minutes=5), pendulum.duration(hours=25), pendulum.duration(weeks=1), pendulum.duration(days=8, hours=3), pendulum.duration(years=1, months=2), pendulum.duration(seconds=90), pendulum.duration(milliseconds=1500), pendulum.duration(1, 2, 3)]

import pendulum
[str(pendulum.duration(days=1)), str(pendulum.duration(minutes=5)), str(pendulum.duration(hours=25, seconds=1)), str(pendulum.duration(weeks=2, days=1)), pendulum.duration(days=1, hours=2).in_words(), pendulum.duration(years=1, months=1).in_words()]

import pendulum
from datetime import timedelta
d = pendulum.duration(days=9, hours=3, minutes=4, seconds=5)
[d.total_seconds(), d.total_minutes(), d.total_hours(), d.total_days(), d.total_weeks(), d.in_seconds(), d.in_minutes(), d.in_hours(), d.in_days(), d.in_weeks(), d.days, d.seconds, d.weeks, d.remaining_days, d.hours, d.minutes, d.remaining_seconds, d == timedelta(days=9, hours=3, minutes=4, seconds=5), d > timedelta(1), isinstance(d, timedelta), d.as_timedelta(), d + timedelta(1), d * 2, bool(d)]

import pendulum
pendulum.duration(years=1.5)

import pendulum
from datetime import datetime, timezone, date
[pendulum.instance(datetime(2021, 1, 1)), pendulum.instance(datetime(2021, 1, 1), tz="Europe/Paris"), pendulum.instance(datetime(2021, 1, 1, tzinfo=timezone.utc)), pendulum.instance(datetime(2021, 1, 1), tz=None), pendulum.instance(pendulum.datetime(2021, 1, 1))]

import pendulum
from zoneinfo import ZoneInfo
from datetime import datetime, timedelta, timezone
[pendulum.instance(datetime(2021, 7, 1, tzinfo=ZoneInfo("Europe/Paris"))), pendulum.instance(datetime(2021, 7, 1, tzinfo=timezone(timedelta(hours=2)))), pendulum.datetime(2021, 1, 1, tz=ZoneInfo("Asia/Tokyo"))]

import pendulum
[pendulum.from_format("2021-02-03", "YYYY-MM-DD"), pendulum.from_format("2021-02-03 04:05:06", "YYYY-MM-DD HH:mm:ss"), pendulum.from_format("20210203", "YYYYMMDD", tz="Europe/Paris"), pendulum.from_timestamp(0), pendulum.from_timestamp(1.5), pendulum.from_timestamp(1000000000, tz="Europe/Paris")]

import pendulum
[pendulum.datetime(2021, 1, 1) < pendulum.datetime(2021, 1, 2), pendulum.datetime(2021, 1, 1, 1, tz="Europe/Paris") == pendulum.datetime(2021, 1, 1), max(pendulum.datetime(2021, 1, 1), pendulum.datetime(2020, 1, 1)), pendulum.datetime(2021, 1, 1) in [pendulum.datetime(2021, 1, 1)]]

import pendulum
from datetime import datetime
[isinstance(pendulum.datetime(2021, 1, 1), datetime), isinstance(pendulum.datetime(2021, 1, 1), pendulum.DateTime), isinstance(datetime(2021, 1, 1), pendulum.DateTime), type(pendulum.datetime(2021, 1, 1)).__name__]

import pendulum
from datetime import datetime
pendulum.datetime(2021, 1, 1) < datetime(2021, 1, 1)

import pendulum
[pendulum.now("UTC").timezone_name, pendulum.today("Europe/Paris").hour, pendulum.yesterday("UTC") < pendulum.today("UTC"), pendulum.tomorrow("UTC").minute, pendulum.now("Asia/Tokyo").tzinfo, (pendulum.today("UTC").subtract(days=1) == pendulum.yesterday("UTC"))]

import pendulum
pendulum.datetime(2021, 1, 5) - pendulum.datetime(2021, 1, 1)
# unknown: ok

import pendulum
[pendulum.datetime(2021, 1, 1).date().isoformat(), pendulum.datetime(2021, 1, 1, 5).time().isoformat(), pendulum.datetime(2021, 1, 1).strftime("%Y%m%d"), pendulum.datetime(2021, 1, 1, tz="Europe/Paris").strftime("%Z %z")]

from pendulum import datetime, timezone, duration, today
[datetime(2021, 1, 1, tz=timezone("Europe/Paris")), duration(minutes=1).total_seconds()]

from pendulum.tz.timezone import Timezone
from pendulum.tz import timezone as t
[Timezone("Europe/Paris"), t("UTC") if False else 1]
# unknown: ok

import pendulum
from datetime import datetime
datetime(2021, 1, 1, tzinfo=pendulum.timezone("Europe/Paris")), str(datetime(2021, 1, 1, tzinfo=pendulum.UTC)), datetime(2021, 1, 1, tzinfo=pendulum.timezone("UTC")).tzname()

import pendulum
pendulum.DateTime(2021, 1, 1, tzinfo=pendulum.timezone("Europe/Paris")).in_tz("UTC")

import pendulum
from datetime import timedelta, date
d = pendulum.datetime(2021, 1, 31, 5).date()
[d, str(d), d.add(months=1), d.subtract(days=31), d + timedelta(days=1), d - timedelta(hours=30), d.format("YYYY/MM"), d.to_date_string(), d.replace(day=1), pendulum.date(2021, 2, 3), d == date(2021, 1, 31), d < date(2021, 2, 1), isinstance(d, date), f"{d}", d.strftime("%Y"), d.isoformat(), d.weekday(), pendulum.Date(2021, 1, 1)]

import pendulum
pendulum.date(2021, 1, 2) - pendulum.date(2021, 1, 1)
# unknown: ok

import pendulum
[pendulum.datetime(2021, 1, 1).date().day_of_week, pendulum.date(2021, 1, 1) + pendulum.duration(months=1)]
# unknown: ok
