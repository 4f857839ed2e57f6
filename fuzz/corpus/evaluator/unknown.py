import elsewhere
u = elsewhere.thing
x = [1]
if u:
    x.append(2)
for i in u:
    x = {i: 1}
y = x if u.a else None
with u() as w:
    z = w
