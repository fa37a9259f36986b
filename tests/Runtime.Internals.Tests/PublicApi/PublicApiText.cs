using System.Reflection;
using System.Text;

namespace AkkaComfy.Runtime.Internals.Tests.PublicApi;

/// <summary>Writes down every public type and member of an assembly, in an order that does not change.</summary>
internal static class PublicApiText
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance
        | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string Of(Assembly assembly)
    {
        var text = new StringBuilder();
        // Types that the compiler makes for extension blocks have a name that no source can say.
        var types = assembly.GetExportedTypes().Where(type => !type.IsSpecialName && !type.FullName!.Contains('<'));
        foreach (var type in types.OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(Header(type)).Append('\n');
            foreach (var member in Members(type).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
                text.Append("    ").Append(member).Append('\n');
        }

        return text.ToString();
    }

    private static string Header(Type type)
    {
        var kind = type switch
        {
            { IsEnum: true } => "enum",
            { IsInterface: true } => "interface",
            { IsValueType: true } => "struct",
            _ when typeof(Delegate).IsAssignableFrom(type) => "delegate",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            { IsSealed: true } => "sealed class",
            _ => "class",
        };
        var bases = type.GetInterfaces().Where(it => it.IsPublic || it.IsNestedPublic).Select(TypeName.Of)
            .Order(StringComparer.Ordinal).ToList();
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType))
            bases.Insert(0, TypeName.Of(parent));
        return $"{kind} {TypeName.Full(type)}{(bases.Count > 0 ? " : " + string.Join(", ", bases) : "")}";
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
            return type.GetEnumNames().Select(name => $"{name} = {Convert.ToInt64(Enum.Parse(type, name))}");
        if (typeof(Delegate).IsAssignableFrom(type))
            return [Method(type.GetMethod("Invoke")!)];
        return type.GetMembers(Declared).Select(Member).OfType<string>();
    }

    private static string? Member(MemberInfo member) => member switch
    {
        ConstructorInfo it when Visible(it) => $"{Access(it)}ctor{Parameters(it)}",
        FieldInfo { IsSpecialName: false } it when it.IsPublic || it.IsFamily || it.IsFamilyOrAssembly =>
            $"{(it.IsPublic ? "" : "protected ")}{(it.IsLiteral ? "const " : it.IsStatic ? "static " : "")}"
            + $"{TypeName.Of(it.FieldType)} {it.Name}",
        PropertyInfo it when Accessors(it) is { Length: > 0 } accessors => Property(it, accessors),
        EventInfo it when it.AddMethod is { } add && Visible(add) =>
            $"{Access(add)}event {TypeName.Of(it.EventHandlerType!)} {it.Name}",
        MethodInfo it when Visible(it) && (!it.IsSpecialName || it.Name.StartsWith("op_", StringComparison.Ordinal)) =>
            Method(it),
        _ => null,
    };

    private static string Property(PropertyInfo property, MethodInfo[] accessors)
    {
        var verbs = string.Join(' ', accessors.Select(
            it => (it.IsPublic ? "" : "protected ") + (it == property.GetMethod ? "get;" : "set;")));
        var index = property.GetIndexParameters() is { Length: > 0 } keys ? $"[{Parameters(keys)}]" : "";
        return $"{Modifiers(accessors[0])}{TypeName.Of(property.PropertyType)} {property.Name}{index} {{ {verbs} }}";
    }

    private static string Method(MethodInfo method)
    {
        var generic = method.IsGenericMethod
            ? $"<{string.Join(", ", method.GetGenericArguments().Select(it => it.Name))}>"
            : "";
        return $"{Access(method)}{Modifiers(method)}{TypeName.Of(method.ReturnType)} {method.Name}{generic}"
            + Parameters(method);
    }

    private static MethodInfo[] Accessors(PropertyInfo property) =>
        property.GetAccessors(nonPublic: true).Where(Visible).ToArray();

    private static bool Visible(MethodBase method) =>
        method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Access(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static string Modifiers(MethodInfo method)
    {
        if (method.IsStatic)
            return "static ";
        if (method.DeclaringType!.IsInterface || !method.IsVirtual || method.IsFinal)
            return "";
        if (method.GetBaseDefinition() != method)
            return "override ";
        return method.IsAbstract ? "abstract " : "virtual ";
    }

    private static string Parameters(MethodBase method) => $"({Parameters(method.GetParameters())})";

    private static string Parameters(IEnumerable<ParameterInfo> parameters) => string.Join(", ", parameters.Select(it =>
        (it.IsOut ? "out " : it.ParameterType.IsByRef ? "ref " : "")
        + (it.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "")
        + $"{TypeName.Of(it.ParameterType)} {it.Name}"
        + (it.HasDefaultValue ? $" = {it.RawDefaultValue ?? "default"}" : "")));
}
