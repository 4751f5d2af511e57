resource "aws_iam_policy" "invoke" {
  policy = jsonencode({
    Statement = [{
      Action = ["bedrock:InvokeModel"],
      Resource = [
        "arn:aws:bedrock:eu-central-1:000000000000:model/amazon.titan-embed-text-v1",
        "arn:aws:bedrock:eu-central-1:000000000000:model/anthropic.claude-instant-v1",
        "arn:aws:bedrock:eu-central-1:000000000000:model/anthropic.claude-v2:1",
        "arn:aws:bedrock:eu-central-1:000000000000:model/anthropic.claude-3-5-sonnet-20240620-v1:0",
      ]
    }]
  })
}
