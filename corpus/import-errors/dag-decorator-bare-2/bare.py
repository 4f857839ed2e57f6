from airflow.decorators import dag
from airflow.operators.bash import BashOperator


@dag
def bare():
    BashOperator(task_id="only", bash_command="true")


bare()
