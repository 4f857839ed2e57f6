"""The writers of `csv`, in the dialect `excel`."""

from _library import unknown

_OPTIONS = {"delimiter": ",", "quotechar": '"', "lineterminator": "\r\n", "quoting": 0}


class _Writer:
    def __init__(self, csvfile, dialect="excel", **options):
        if dialect != "excel" or not set(options) <= set(_OPTIONS):
            unknown("this dialect of CSV is not modelled")
        options = {**_OPTIONS, **options}
        if options["quoting"] not in (0, 1, 2) or len(options["delimiter"]) != 1 or len(options["quotechar"]) != 1:
            unknown("this dialect of CSV is not modelled")
        self._write = csvfile.write
        self._options = options

    def _field(self, value, alone):
        delimiter, quote, end, quoting = self._options.values()
        text = "" if value is None else str(value)
        wanted = quoting == 1 or quoting == 2 and not isinstance(value, (int, float)) or alone and not text
        if wanted or any(char in text for char in (delimiter, quote, "\r", "\n", *end)):
            return quote + text.replace(quote, quote * 2) + quote
        if delimiter == " " and not text:
            return quote + quote
        return text

    def writerow(self, row):
        row = list(row)
        fields = [self._field(value, len(row) == 1) for value in row]
        return self._write(self._options["delimiter"].join(fields) + self._options["lineterminator"])

    def writerows(self, rows):
        for row in rows:
            self.writerow(row)


def writer(csvfile, dialect="excel", **options):
    return _Writer(csvfile, dialect, **options)


class DictWriter:
    def __init__(self, f, fieldnames, restval="", extrasaction="raise", dialect="excel", **options):
        self.fieldnames = fieldnames
        self.restval = restval
        self.extrasaction = extrasaction
        self.writer = _Writer(f, dialect, **options)

    def writeheader(self):
        return self.writerow(dict(zip(self.fieldnames, self.fieldnames)))

    def writerow(self, rowdict):
        wrong = [name for name in rowdict if name not in self.fieldnames]
        if wrong and self.extrasaction == "raise":
            raise ValueError("dict contains fields not in fieldnames: " + ", ".join(repr(name) for name in wrong))
        return self.writer.writerow([rowdict.get(name, self.restval) for name in self.fieldnames])

    def writerows(self, rowdicts):
        for row in rowdicts:
            self.writerow(row)
