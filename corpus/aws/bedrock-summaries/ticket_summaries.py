from datetime import datetime, timedelta
from textwrap import dedent

from airflow import DAG
from airflow.providers.amazon.aws.operators.bedrock import (
    BedrockInvokeModelOperator,
    BedrockRaGOperator,
    BedrockRetrieveOperator,
)

MODELS = {
    "titan": "amazon.titan-text-express-v1",
    "llama": "meta.llama3-8b-instruct-v1:0",
}
REGION = "us-west-2"

PROMPT = dedent(
    """\
    You are given the support tickets of {{ ds }}:

        {{ ti.xcom_pull(task_ids='retrieve') }}

    Summarise them in at most five bullet points.
      - Keep product names as they are.
      - "Won't fix" tickets are left out.
    """
)

with DAG(
    "ticket_summaries",
    start_date=datetime(2025, 10, 13),
    schedule="0 18 * * MON-FRI",
    catchup=False,
    default_args={"owner": "support-ops", "retries": 2, "retry_delay": timedelta(seconds=30)},
) as dag:
    retrieve = BedrockRetrieveOperator(
        task_id="retrieve",
        knowledge_base_id="KB7QX0TICK",
        retrieval_query="open tickets of {{ ds }}",
        vector_search_config={"numberOfResults": 20, "overrideSearchType": "HYBRID"},
    )

    summarise = BedrockInvokeModelOperator(
        task_id="summarise",
        model_id=MODELS["llama"],
        input_data={"prompt": PROMPT, "max_gen_len": 512, "temperature": 0.2, "top_p": 1.0},
    )

    title = BedrockInvokeModelOperator(
        task_id="title",
        model_id=MODELS.get("titan", "amazon.titan-text-lite-v1"),
        content_type="application/json",
        accept_type="application/json",
        input_data={
            "inputText": "Title for: {{ ti.xcom_pull(task_ids='summarise')['generation'] }}",
            "textGenerationConfig": {"maxTokenCount": 64, "stopSequences": ["\n"], "temperature": 0, "topP": 1},
        },
    )

    answer = BedrockRaGOperator(
        task_id="answer",
        input="What changed since {{ macros.ds_add(ds, -7) }}?",
        source_type="KNOWLEDGE_BASE",
        model_arn=f"arn:aws:bedrock:{REGION}::foundation-model/{MODELS['titan']}",
        knowledge_base_id="KB7QX0TICK",
        vector_search_config={"numberOfResults": 5},
    )

    retrieve >> summarise >> [title, answer]
