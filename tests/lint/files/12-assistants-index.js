import OpenAI from "openai";
const openai = new OpenAI();

const assistant = await openai.beta.assistants.create({
  name: "Math Tutor",
  tools: [{ type: "code_interpreter" }],
  model: "gpt-4o-mini",
});

console.log("Assistant created: ", assistant);
