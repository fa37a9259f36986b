namespace AkkaComfy.Host.Demo;

/// <summary>One image on its way through one workflow, as the demo shows it.</summary>
internal sealed class DemoJob(string imagePath, string workflow, string field, string stem)
{
    public string ImagePath { get; } = imagePath;

    public string Workflow { get; } = workflow;

    /// <summary>The form field that takes the image.</summary>
    public string Field { get; } = field;

    /// <summary>What the result's file is called, without its ending.</summary>
    public string Stem { get; } = stem;

    public string Title => $"{Path.GetFileName(ImagePath)} {Workflow}";

    public string Status { get; set; } = "sending";

    public int Percentage { get; set; }

    public string? Instance { get; set; }

    public double? Seconds { get; set; }

    public string? ResultFile { get; set; }

    public long ResultSize { get; set; }

    /// <summary>Why there is no result; null unless it failed.</summary>
    public string? Error { get; set; }

    public bool HasEnded => ResultFile is not null || Error is not null;
}
