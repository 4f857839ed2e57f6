"""`statistics` of whole numbers and floats; of other numbers it is not known."""

import math
from _library import unknown


class StatisticsError(ValueError):
    pass


def _numbers(data, least, message):
    data = list(data)
    if len(data) < least:
        raise StatisticsError(message)
    for item in data:
        if type(item) not in (int, float, bool):
            unknown("statistics of other than whole numbers and floats are not modelled")
        if type(item) is float and not math.isfinite(item):
            unknown("statistics of infinite numbers are not modelled")
    return data


def _total(ratios):
    above, below = 0, 1
    for n, d in ratios:
        above, below = above * d + n * below, below * d
    return above, below


def _number(data, above, below):
    if any(type(item) is float for item in data):
        return above / below
    common = math.gcd(above, below)
    above, below = above // common, below // common
    return above if below == 1 else above / below


def mean(data):
    data = _numbers(data, 1, "mean requires at least one data point")
    above, below = _total(item.as_integer_ratio() for item in data)
    return _number(data, above, below * len(data))


def fmean(data, weights=None):
    if weights is not None:
        unknown("`fmean` with weights is not modelled")
    data = _numbers(data, 1, "fmean requires at least one data point")
    return math.fsum(data) / len(data)


def median(data):
    data = sorted(data)
    n = len(data)
    if n == 0:
        raise StatisticsError("no median for empty data")
    return data[n // 2] if n % 2 == 1 else (data[n // 2 - 1] + data[n // 2]) / 2


def median_low(data):
    data = sorted(data)
    if not data:
        raise StatisticsError("no median for empty data")
    return data[(len(data) - 1) // 2]


def median_high(data):
    data = sorted(data)
    if not data:
        raise StatisticsError("no median for empty data")
    return data[len(data) // 2]


def multimode(data):
    counts = {}
    for item in data:
        counts[item] = counts.get(item, 0) + 1
    most = max(counts.values(), default=0)
    return [item for item, count in counts.items() if count == most]


def mode(data):
    found = multimode(data)
    if not found:
        raise StatisticsError("no mode for empty data")
    return found[0]


def _squares(data):
    """The sum of the squared deviations, as a ratio."""
    above, below = _total(item.as_integer_ratio() for item in data)
    below *= len(data)
    deviations = []
    for item in data:
        n, d = item.as_integer_ratio()
        n, d = n * below - above * d, d * below
        deviations.append((n * n, d * d))
    return _total(deviations)


def variance(data, xbar=None):
    if xbar is not None:
        unknown("`variance` with a mean is not modelled")
    data = _numbers(data, 2, "variance requires at least two data points")
    above, below = _squares(data)
    return _number(data, above, below * (len(data) - 1))


def pvariance(data, mu=None):
    if mu is not None:
        unknown("`pvariance` with a mean is not modelled")
    data = _numbers(data, 1, "pvariance requires at least one data point")
    above, below = _squares(data)
    return _number(data, above, below * len(data))


def _root(above, below):
    """The square root of a ratio, correctly rounded: the last bit of the integer root says that something follows."""
    shift = (above.bit_length() - below.bit_length() - 109) // 2
    if shift >= 0:
        below <<= 2 * shift
    else:
        above <<= -2 * shift
    root = math.isqrt(above // below)
    root |= root * root * below != above
    return float(root << shift) if shift >= 0 else root / (1 << -shift)


def stdev(data, xbar=None):
    if xbar is not None:
        unknown("`stdev` with a mean is not modelled")
    data = _numbers(data, 2, "stdev requires at least two data points")
    above, below = _squares(data)
    return _root(above, below * (len(data) - 1))


def pstdev(data, mu=None):
    if mu is not None:
        unknown("`pstdev` with a mean is not modelled")
    data = _numbers(data, 1, "pstdev requires at least one data point")
    above, below = _squares(data)
    return _root(above, below * len(data))
