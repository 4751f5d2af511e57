public class SimpleEmbedding {

    public static void main(String[] args) {
        GoogleAiEmbeddingModel model = GoogleAiEmbeddingModel.builder()
                .apiKey(System.getenv("GOOGLE_AI_GEMINI_API_KEY"))
                .modelName("gemini-embedding-001")
                .outputDimensionality(1536)
                .build();

        System.out.println(model.embed("The quick brown fox"));
    }
}
