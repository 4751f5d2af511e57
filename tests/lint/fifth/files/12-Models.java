public interface Models {
  // online
  String llama_3_sonar_small_32k_online = "llama-3-sonar-small-32k-online";
  String llama_3_1_sonar_huge_128k_online = "llama-3.1-sonar-huge-128k-online";
  String mixtral_8x7b_instruct = "mixtral-8x7b-instruct";
}
