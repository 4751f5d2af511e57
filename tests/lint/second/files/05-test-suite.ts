import type { EvaluateTestSuite } from "promptfoo";

const providers: EvaluateTestSuite['providers'] = [
    // {
    //     id: "openai:gpt-4",
    // },
    {
        id: "openai:gpt-4o",
    },
]

export const promptTestSuite: EvaluateTestSuite = {
    description: "My first eval",
    providers,
}
