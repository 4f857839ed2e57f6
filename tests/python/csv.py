import csv
[list(csv.reader(["a,b", "1,2"])), list(csv.reader(['"a,b",c', '"x ""q""",y'])), list(csv.reader(["a;b"], delimiter=";")), list(csv.reader(["a\n", "\n", "b\n"])), list(csv.reader(["'a,b',c"], quotechar="'")), list(csv.reader(["a, b"], skipinitialspace=True)), list(csv.reader([])), list(csv.reader(["a,b,"])), list(csv.reader(['"multi\n', 'line",x\n'])), list(csv.reader(["a\tb"], delimiter="\t")), list(csv.reader(['a"b,c']))]

import csv
[dict(r) for r in csv.DictReader(["a,b", "1,2", "3", "4,5,6", "", "7,8"])]

import csv
r = csv.DictReader(["1,2"], fieldnames=["x", "y"])
(r.fieldnames, next(r), list(r))

import csv, io
[r["name"] for r in csv.DictReader(io.StringIO("id,name\n1,a\n2,b\n"))]

import csv, io
r = csv.reader(io.StringIO("h1,h2\r\n1,2\r\n"))
(next(r), [row for row in r])

import csv
list(csv.reader(["a"], delimiter=",,"))

import csv
list(csv.reader([5]))
