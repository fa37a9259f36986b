namespace Akka.Util.Internal;

/// <summary>Casts that read from left to right.</summary>
public static class Extensions
{
    public static T AsInstanceOf<T>(this object self) => (T)self;
}
