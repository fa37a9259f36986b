namespace Akka.Configuration.Hocon;

/// <summary>A parsed text: its root value and the substitutions that stood in it.</summary>
public class HoconRoot
{
    public HoconRoot(HoconValue value, IEnumerable<HoconSubstitution> substitutions)
    {
        Value = value;
        Substitutions = substitutions;
    }

    public HoconRoot(HoconValue value) : this(value, []) { }

    public HoconValue Value { get; }
    public IEnumerable<HoconSubstitution> Substitutions { get; }
}
