using System.Diagnostics.CodeAnalysis;
using AkkaComfy.Host.Problems;

namespace AkkaComfy.Host;

/// <summary>A value, or the problem that stood in its way.</summary>
internal readonly struct Try<T>
    where T : class
{
    private readonly T? _value;
    private readonly Problem? _problem;

    /// <summary>For an interface, which no conversion can begin from.</summary>
    public Try(T value)
        : this(value, null)
    {
    }

    private Try(T? value, Problem? problem) => (_value, _problem) = (value, problem);

    public static implicit operator Try<T>(T value) => new(value, null);

    public static implicit operator Try<T>(Problem problem) => new(null, problem);

    public bool Failed([NotNullWhen(true)] out Problem? problem, [NotNullWhen(false)] out T? value)
    {
        (problem, value) = (_problem, _value);
        return problem is not null;
    }
}
