import { createAmazonBedrock } from "@ai-sdk/amazon-bedrock";
import { anthropic } from "@ai-sdk/anthropic";

const bedrock = createAmazonBedrock({ region: env.AWS_REGION });

export const modelAWSClaudeSonnet35 = bedrock(
  "anthropic.claude-3-5-sonnet-20240620-v1:0",
);
export const modelClaudeSonnet35 = anthropic("claude-3-sonnet-20240229");
export const modelHaiku = anthropic("claude-haiku-4-5");
