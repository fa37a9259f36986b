namespace AkkaComfy.Emulator;

/// <summary>A release of ComfyUI that the emulator can play, and what sets it apart from the others.</summary>
public sealed record ComfyVersion
{
    private readonly Release _release;

    private ComfyVersion(string name, Release release) => (Name, _release) = (name, release);

    private enum Release
    {
        Of20231231,
        Of20240813,
        Of0_3_64,
    }

    /// <summary>The last day of 2023.</summary>
    public static ComfyVersion Of20231231 { get; } = new("2023-12-31", Release.Of20231231);

    /// <summary>The last one before the execution model was turned round.</summary>
    public static ComfyVersion Of20240813 { get; } = new("2024-08-13", Release.Of20240813);

    /// <summary>October 2025.</summary>
    public static ComfyVersion Current { get; } = new("0.3.64", Release.Of0_3_64);

    /// <summary>Oldest first.</summary>
    public static IReadOnlyList<ComfyVersion> All { get; } = [Of20231231, Of20240813, Current];

    /// <summary>As <c>--comfyui-version</c> takes it.</summary>
    public string Name { get; }

    public override string ToString() => Name;

    public static bool TryParse(string name, out ComfyVersion version)
    {
        var found = All.FirstOrDefault(known => known.Name == name);
        version = found ?? Current;
        return found is not null;
    }

    // Each line names the oldest of the three that behaves so; the recordings show where they differ.
    internal bool ServesApiPrefix => Since(Release.Of20240813);

    internal bool FreesMemory => Since(Release.Of20240813);

    internal bool KeepsStatus => Since(Release.Of20240813);

    internal bool AnnouncesSuccess => Since(Release.Of20240813);

    internal bool StampsTimes => Since(Release.Of20240813);

    internal bool ProgressNamesPrompt => Since(Release.Of20240813);

    internal bool RefusesUnknownClasses => Since(Release.Of20240813);

    internal bool NamesModules => Since(Release.Of20240813);

    internal bool HonoursPromptIds => Since(Release.Of0_3_64);

    internal bool TargetsInterrupts => Since(Release.Of0_3_64);

    internal bool ReportsProgressState => Since(Release.Of0_3_64);

    internal bool TalksFeatures => Since(Release.Of0_3_64);

    internal bool KeepsMeta => Since(Release.Of0_3_64);

    /// <summary>Whether progress that is nobody's in particular says of which node it is.</summary>
    internal bool NamesNodesToAll => Since(Release.Of0_3_64);

    internal bool RepeatsCachedOutputs => Since(Release.Of0_3_64);

    internal bool NamesDisplayNodes => Since(Release.Of0_3_64);

    internal bool ExplainsRefusals => Since(Release.Of0_3_64);

    internal bool DescribesInputs => Since(Release.Of0_3_64);

    internal bool TellsItsVersion => Since(Release.Of0_3_64);

    internal bool ListsModels => Since(Release.Of0_3_64);

    internal bool PagesHistory => Since(Release.Of0_3_64);

    internal bool ChecksOrigin => Since(Release.Of0_3_64);

    /// <summary>Otherwise depth first, from the output with the fewest nodes to run.</summary>
    internal bool OrdersByReadiness => Since(Release.Of0_3_64);

    /// <summary>Otherwise a node's results are kept under its id as well as by what made them.</summary>
    internal bool CachesAcrossIds => Since(Release.Of0_3_64);

    /// <summary>Otherwise an error shows the results so far, and its message has no line break at the end.</summary>
    internal bool ListsOutputsOnError => Since(Release.Of0_3_64);

    private bool Since(Release oldest) => _release >= oldest;
}
