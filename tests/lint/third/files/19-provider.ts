/**
 * Model strings in "creator/model-name" form go through the gateway.
 */
import { gateway } from "ai";

const DEFAULT_MODEL = "anthropic/claude-sonnet-4-5-20250929";

export function getModel() {
  return gateway(process.env.AI_MODEL ?? DEFAULT_MODEL);
}
