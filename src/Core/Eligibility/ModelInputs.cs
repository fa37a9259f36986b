namespace AkkaComfy.Core.Eligibility;

/// <summary>Which inputs of which nodes name model files, as ComfyUI's authors and its extensions' call them.</summary>
public static class ModelInputs
{
    public static bool IsLoader(string classType) => classType.Contains("Loader", StringComparison.Ordinal);

    /// <summary>Such as <c>model_name</c>, <c>ckpt_name</c> or <c>clip_name1</c>.</summary>
    public static bool NamesModel(string input) => input.Contains("_name", StringComparison.Ordinal);
}
