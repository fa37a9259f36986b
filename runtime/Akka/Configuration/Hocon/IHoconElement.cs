namespace Akka.Configuration.Hocon;

/// <summary>One piece of a configuration value: a literal, an array, an object or a substitution.</summary>
public interface IHoconElement
{
    bool IsString();

    string? GetString();

    bool IsArray();

    IList<HoconValue>? GetArray();
}

/// <summary>A piece that may turn out to be an object.</summary>
public interface IMightBeAHoconObject
{
    bool IsObject();

    HoconObject? GetObject();
}
