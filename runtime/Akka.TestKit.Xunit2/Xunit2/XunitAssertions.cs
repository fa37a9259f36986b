using Akka.TestKit.Xunit2.Internals;
using Xunit;

namespace Akka.TestKit.Xunit2;

/// <summary>Reports failed expectations as xunit's own exceptions.</summary>
public class XunitAssertions : ITestKitAssertions
{
    public void Fail(string format = "", params object?[] args) => Assert.Fail(Text(format, args));

    public void AssertTrue(bool condition, string format = "", params object?[] args) =>
        Assert.True(condition, Text(format, args));

    public void AssertFalse(bool condition, string format = "", params object?[] args) =>
        Assert.False(condition, Text(format, args));

    public void AssertEqual<T>(T expected, T actual, string format = "", params object?[] args) =>
        AssertEqual(expected, actual, EqualityComparer<T>.Default.Equals, format, args);

    public void AssertEqual<T>(
        T expected, T actual, Func<T, T, bool> comparer, string format = "", params object?[] args)
    {
        if (!comparer(expected, actual)) throw new AkkaEqualException(expected, actual, Text(format, args));
    }

    // A message may hold braces of its own; only a call with arguments is a template.
    private static string Text(string format, object?[] args) =>
        args.Length == 0 ? format : string.Format(format, args);
}
