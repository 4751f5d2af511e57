import boto3, json

client = boto3.client("bedrock-runtime", region_name="us-west-1")
body = {
    "anthropic_version": "bedrock-2023-05-31",
    "max_tokens": 500,
    "inference_profile_arn": "arn:aws:bedrock:us-west-1:000000000000:inference-profile/us.anthropic.claude-sonnet-4-20250514-v1:0"
}
response = client.invoke_model(
    modelId="us.anthropic.claude-sonnet-4-20250514-v1:0",
    body=json.dumps(body)
)
print("Claude Sonnet 4 says: " + response["body"].read().decode())
