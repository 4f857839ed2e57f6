from airflow import DAG
from airflow.models import Variable
from airflow.operators.python import PythonOperator
from airflow.operators.empty import EmptyOperator
from datetime import datetime
import helpers
def work(**context):
    return context["ds"]
dag = DAG("odd", start_date=datetime(2030, 1, 1), schedule_interval=Variable.get("when", default_var="@daily"))
t = PythonOperator(task_id="t", python_callable=work, op_kwargs={"a": Variable.get("missing")}, dag=dag)
e = EmptyOperator(task_id=helpers.name(), dag=dag)
if helpers.flag:
    t.set_downstream(e)
