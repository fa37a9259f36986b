namespace AkkaComfy.Actors;

/// <summary>Told when something without which no job gets on has stopped for good, by fault or with the whole system.</summary>
public interface IVitalLoss
{
    /// <summary>May be called from any thread, and more than once.</summary>
    void Lost(string what);
}
