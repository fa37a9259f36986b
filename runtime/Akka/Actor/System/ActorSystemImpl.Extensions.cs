using System.Diagnostics.CodeAnalysis;

namespace Akka.Actor.Internal;

// Extensions: one of each type, made by whoever asks first.
public partial class ActorSystemImpl
{
    public override object RegisterExtension(IExtensionId extension)
    {
        ArgumentNullException.ThrowIfNull(extension);
        var entry = _extensions.GetOrAdd(
            extension.ExtensionType, _ => new Lazy<object>(() => extension.CreateExtension(this)));
        try
        {
            return entry.Value;
        }
        catch
        {
            // A lazy value keeps its exception; the next one to ask shall try anew.
            _extensions.TryRemove(KeyValuePair.Create(extension.ExtensionType, entry));
            throw;
        }
    }

    public override object GetExtension(IExtensionId extensionId) =>
        TryGetExtension(extensionId.ExtensionType, out var extension) ? extension : null!;

    public override T GetExtension<T>() => TryGetExtension<T>(out var extension) ? extension : null!;
    public override bool HasExtension(Type type) => _extensions.ContainsKey(type);
    public override bool HasExtension<T>() => HasExtension(typeof(T));

    public override bool TryGetExtension(Type extensionType, [MaybeNullWhen(false)] out object extension)
    {
        extension = _extensions.TryGetValue(extensionType, out var entry) ? entry.Value : null;
        return extension is not null;
    }

    public override bool TryGetExtension<T>([MaybeNullWhen(false)] out T extension)
    {
        extension = TryGetExtension(typeof(T), out var found) ? (T)found : null;
        return extension is not null;
    }
}
