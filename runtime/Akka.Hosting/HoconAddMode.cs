namespace Akka.Hosting;

/// <summary>Where added settings go among those already there.</summary>
public enum HoconAddMode
{
    /// <summary>Above: the added settings win.</summary>
    Prepend,

    /// <summary>Beneath: the added settings fill gaps.</summary>
    Append,

    /// <summary>Instead of those already there.</summary>
    Replace,
}
