namespace Akka.Util;

/// <summary>Finds the types that configuration names.</summary>
internal static class TypeNames
{
    /// <summary>An assembly may go by its official name: the type is then looked for in every loaded one.</summary>
    public static Type? Find(string name)
    {
        if (Type.GetType(name) is { } found) return found;
        var bare = name.Split(',')[0].Trim();
        return AppDomain.CurrentDomain.GetAssemblies()
            .Select(assembly => assembly.GetType(bare))
            .FirstOrDefault(static type => type is not null);
    }
}
