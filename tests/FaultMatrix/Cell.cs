namespace AkkaComfy.FaultMatrix;

/// <summary>How clients submit.</summary>
internal enum Mode
{
    Sync,
    Async,
}

/// <summary>One cell of the matrix: a fault, on how many of the two instances it strikes, and how clients submit.</summary>
internal sealed record Cell(Fault Fault, int Struck, Mode Mode, int Seed)
{
    public override string ToString() =>
        $"{Fault.Name}, {(Struck == 1 ? "one instance" : "both instances")}, {Mode}, seed {Seed}".ToLowerInvariant();
}
