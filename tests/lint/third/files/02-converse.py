import boto3, json

bedrock = boto3.Session().client(service_name='bedrock-runtime')
messages = [{"role": "user", "content": [{"text": "Hello"}]}]
response = bedrock.converse(
    modelId="anthropic.claude-3-sonnet-20240229-v1:0",
    messages=messages,
    inferenceConfig={"maxTokens": 2000, "temperature": 0},
)
