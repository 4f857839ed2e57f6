from airflow.providers.amazon.aws.operators.lambda_function import LambdaInvokeFunctionOperator


class LoudLambdaOperator(LambdaInvokeFunctionOperator):
    def execute(self, context):
        self.log.info("calling %s", self.function_name)
        return super().execute(context)
