import six
from six.moves import range, reduce, zip_longest
from six.moves.urllib.parse import urlsplit
[six.PY2, six.PY3, isinstance("a", six.string_types), isinstance(1, six.integer_types), isinstance(b"", six.binary_type), six.text_type(3), sorted(six.iteritems({"a": 1, "b": 2})), list(six.iterkeys({"a": 1})), list(six.itervalues({"a": 1})), list(range(3)), reduce(lambda a, b: a + b, [1, 2]), list(zip_longest([1], [2, 3])), list(six.moves.map(str, [1])), urlsplit("gs://bucket/file")[1], six.moves.urllib.parse.quote("a b")]
