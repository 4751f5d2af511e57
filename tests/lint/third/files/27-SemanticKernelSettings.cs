namespace CogniChain.Examples.SemanticKernel.Configuration;

public class SemanticKernelSettings
{
    public string? OpenAIApiKey { get; set; }
    public string? AzureEndpoint { get; set; }
    public string AzureDeployment { get; set; } = "gpt-4o-mini";
    public string OpenAIModel { get; set; } = "gpt-4o-mini";
    public bool UseAzure => !string.IsNullOrEmpty(AzureEndpoint);
}
