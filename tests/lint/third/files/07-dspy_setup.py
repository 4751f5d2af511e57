import os
import dspy

# swap to the OpenAI model you prefer
OPENAI_MODEL = os.getenv("DSPY_OPENAI_MODEL", "gpt-3.5-turbo-0125")

def init_dspy():
    lm = dspy.OpenAI(model=OPENAI_MODEL)
    dspy.settings.configure(lm=lm, cache=False)
    return lm
