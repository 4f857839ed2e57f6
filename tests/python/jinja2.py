from jinja2 import Template
(Template("hello {{ name }}, {{n}}!\n").render(name="x", n=3), Template("{{ a }}{{ nope }}|\n\n").render({"a": "{{ ds }}"}), Template("plain } { text").render())

from jinja2 import Template
t = Template("select * from {{ schema }}.{{ table }}")
[t.render({"schema": "s"}, table=x) for x in ("a", "b")]

# unknown: ok
from jinja2 import Template
(Template("{% for i in items %}{{ i }},{% endfor %}").render(items=[1, 2]), Template("{{ a | upper }}").render(a="x"), Template("{{ a }}").render(a=True), Template("{{- a }}").render(a=1), Template("{{ true }}").render())
